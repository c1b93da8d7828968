#!/usr/bin/env bash
# Every committed counterexample, and a trace whose names attack the format, as sequence diagrams: read by Mermaid's own parser.
# Mermaid is 160 MB with what it needs, so it is installed for this check alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npx esbuild src/report/mermaid.ts src/report/trace-file.ts test/support/traces.ts --bundle --format=esm --platform=node \
  --out-extension:.js=.mjs --entry-names='[name]' --outdir="$folder" --log-level=error
(cd "$folder" && npm init -y >/dev/null && npm install --no-audit --no-fund --silent mermaid@11)
cat > "$folder/hostile.mjs" <<'JS'
import { textOfTrace } from './trace-file.mjs'
import { hostileTrace } from './traces.mjs'

process.stdout.write(textOfTrace(hostileTrace))
JS
node "$folder/hostile.mjs" > "$folder/hostile.json"
node dist/cli.cjs trace "$folder/hostile.json" --format mermaid --out "$folder/hostile.mmd"
cat > "$folder/parse.mjs" <<'JS'
import { readdirSync, readFileSync } from 'node:fs'
import mermaid from 'mermaid'
import { toMermaid } from './mermaid.mjs'
import { parseTrace } from './trace-file.mjs'

const [counterexamples] = process.argv.slice(2)
/** What the command prints of a file, without a process for each of hundreds. */
function diagramOf(name) {
  const saved = parseTrace(readFileSync(`${counterexamples}/${name}`, 'utf8'), name)
  if (saved._tag === 'Left') throw new Error(saved.left.message)
  return [name, toMermaid(saved.right)]
}
const diagrams = [
  ['the hostile trace', readFileSync('hostile.mmd', 'utf8')],
  ...readdirSync(counterexamples).filter((name) => name.endsWith('.json')).map(diagramOf),
]
for (const [name, diagram] of diagrams) {
  const { diagramType } = await mermaid.parse(diagram)
  if (diagramType !== 'sequence') throw new Error(`${name} is a ${diagramType}`)
}
const refused = await mermaid.parse('sequenceDiagram\n  deactivate a\n', { suppressErrors: true })
if (refused !== false) throw new Error('the parser accepts anything')
console.log(`${diagrams.length} diagrams parsed`)
JS
counterexamples=$PWD/counterexamples
(cd "$folder" && node parse.mjs "$counterexamples")
