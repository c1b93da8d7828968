#!/usr/bin/env bash
# Every committed counterexample, and a trace whose names attack the format, as sequence diagrams: read by Mermaid's own parser.
# Mermaid is 160 MB with what it needs, so it is installed for this check alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npx esbuild test/support/traces.ts --bundle --format=esm --platform=node --outfile="$folder/traces.mjs" --log-level=error
(cd "$folder" && npm init -y >/dev/null && npm install --no-audit --no-fund --silent mermaid@11)
node -e "import('$folder/traces.mjs').then((m) => process.stdout.write(JSON.stringify(m.hostileTrace)))" > "$folder/hostile.json"
for file in counterexamples/*.json "$folder/hostile.json"; do
  node dist/cli.cjs trace "$file" --format mermaid --out "$folder/$(basename "$file").mmd"
done
cat > "$folder/parse.mjs" <<'JS'
import { readdirSync, readFileSync } from 'node:fs'
import mermaid from 'mermaid'

const files = readdirSync('.').filter((name) => name.endsWith('.mmd'))
for (const name of files) {
  const { diagramType } = await mermaid.parse(readFileSync(name, 'utf8'))
  if (diagramType !== 'sequence') throw new Error(`${name} is a ${diagramType}`)
}
const refused = await mermaid.parse('sequenceDiagram\n  deactivate a\n', { suppressErrors: true })
if (refused !== false) throw new Error('the parser accepts anything')
console.log(`${files.length} diagrams parsed`)
JS
(cd "$folder" && node parse.mjs)
