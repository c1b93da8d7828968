#!/usr/bin/env bash
# The package as a stranger gets it: packed, installed into an empty folder, used from the command line, from a vitest test
# and by the compiler under the two module settings that projects have.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm pack --silent --pack-destination "$folder" >/dev/null
versions=$(node -p "const d = require('./package.json').devDependencies; ['vitest', 'typescript'].map((name) => name + '@' + d[name]).join(' ')")
cd "$folder"

npm init -y >/dev/null
npm pkg set type=module
npm install --no-audit --no-fund --prefer-offline --silent ./modelcheck-*.tgz
npx modelcheck new my-lock
npx modelcheck my-lock.ts
npx modelcheck my-lock.ts --json > report.json
node -e 'const { errors, models } = JSON.parse(require("fs").readFileSync("report.json", "utf8")); if (errors.length > 0 || models[0].properties.length < 2) process.exit(1)'

cat > my-lock.test.ts <<'TS'
import { check, type Report } from 'modelcheck'
import { expect, it } from 'vitest'
import { example } from './my-lock.ts'

it('the lock keeps its promises', async () => {
  const report: Report = await check(example, { workers: 2 })

  expect(report.errors).toEqual([])
  expect(report.models[0]?.states.distinct).toBeGreaterThan(1)
  expect(report.models.flatMap((model) => model.properties).filter((property) => !property.asExpected)).toEqual([])
})
TS
# shellcheck disable=SC2086
npm install --no-audit --no-fund --prefer-offline --silent --save-dev $versions
npx vitest run

# From a trace to a test: it fails while the lock is broken, and passes once it is mended.
cp my-lock.ts whole.ts
sed -i "s/until('lock', not(locked), set(locked, true))/until('test', not(locked)), step('lock', set(locked, true))/" my-lock.ts
if npx modelcheck my-lock.ts --quiet --html report.html --junit junit.xml --sarif report.sarif; then echo 'the broken lock passes'; exit 1; fi
npx modelcheck trace counterexamples/my-lock.my-lock.mutual-exclusion.json --format vitest --out torn.test.ts
if npx vitest run torn.test.ts >/dev/null 2>&1; then echo 'the test passes while the lock is broken'; exit 1; fi
sed -i "s/step('lock', set(locked, true))/until('lock', not(locked), set(locked, true))/" my-lock.ts
npx vitest run torn.test.ts
mv whole.ts my-lock.ts
rm torn.test.ts
npx modelcheck graph my-lock.ts --format svg --out states.svg
grep -q '</svg>' states.svg

# A declaration of ours that a project cannot compile is our fault, so nothing is skipped but what vitest brings along.
for settings in '"module": "nodenext"' '"module": "esnext", "moduleResolution": "bundler"'; do
  cat > tsconfig.json <<JSON
{ "compilerOptions": { "target": "es2022", $settings, "strict": true, "noEmit": true, "allowImportingTsExtensions": true, "types": [] }, "files": ["my-lock.ts"] }
JSON
  npx tsc -p .
  sed -i 's/"types": \[\]/"skipLibCheck": true/; s/"my-lock.ts"/"my-lock.test.ts"/' tsconfig.json
  npx tsc -p .
  echo "types compile with $settings"
done

# The test must be able to fail: the types are not \`any\`.
echo 'import { check } from "modelcheck"; export const wrong: number = check' > wrong.ts
sed -i 's/"my-lock.test.ts"/"wrong.ts"/' tsconfig.json
if npx tsc -p . >/dev/null; then echo 'a wrong use of the library compiles'; exit 1; fi
