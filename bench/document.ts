/**
 * Everything that was measured as one Markdown document.
 */

import { loadavg } from 'node:os'
import { machineText } from './machine.ts'
import type { Measured } from './record.ts'
import { modelTable, scalingTable, summaryTables, verdictTable } from './table.ts'

/** `versions`: a line for each tool. */
export function documentText(versions: string, all: readonly Measured[]): string {
  const introduction = `What \`npm run bench -- --write FILE\` measured, last on ${new Date().toISOString().slice(0, 10)}. ${machineText()}; medians of runs that
alternate, ratios of medians: how many times our time with one worker. What the rows are is in [bench/README.md](../bench/README.md), what follows from
them in [performance.md](performance.md). Load of the machine at the end:
${loadavg()
  .map((load) => load.toFixed(1))
  .join(', ')} in 1, 5 and 15 minutes, of which the bench itself makes 1 to 2.`
  const parts = [
    '# Side by side',
    introduction,
    versions,
    ...all.map(modelTable),
    ...(all.length === 1 ? [] : [`### Geometric means over the models\n\n${summaryTables(all)}`]),
    `### To the verdict, defaults against defaults\n\n${verdictTable(all)}`,
    `### Two workers\n\n${scalingTable(all)}`,
  ]
  return `${parts.join('\n\n')}\n`
}
