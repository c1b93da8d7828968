/**
 * How much address space this process may reserve (`ulimit -v`), and how much a check wants. V8 reserves far more of it for a memory of
 * WebAssembly than the memory has, so that no access needs a check; where too little is left for its own, it ends the process.
 */

import { type Problem, problem } from '../src/model/problem.ts'
import { textOf } from './system-file.ts'

/** In bytes; infinite where nothing limits them, or nothing says so. */
function addressLimit(): number {
  const soft = /^Max address space +(\d+)/m.exec(textOf('/proc/self/limits'))?.[1]
  return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft)
}

const gibibyte = 2 ** 30
/** For a memory of 32-bit addresses, with what lies before and after it. */
const ofMemory = 10 * gibibyte
const ofNode = 2 * gibibyte
/** A search reserves more than it uses, and what models before it had may linger. */
const ofBudget = 4
/** With less, nobody needs to be given a budget. */
const leastBudget = gibibyte / 4

/** What Node calls the switch that lets V8 reserve no more than a memory has. */
const withoutGuards = '--disable-wasm-trap-handler'

function hasGuards(): boolean {
  return ![...process.execArgv, process.env.NODE_OPTIONS ?? ''].some((flags) => flags.includes(withoutGuards))
}

/** What is reserved beside the budget for searches where there are so many workers, each of which may check a model. */
function besideBudget(workers: number): number {
  // One memory more is the rehearsal's, and another may linger from the model before.
  return ofNode + (hasGuards() ? (workers + 2) * ofMemory : 0)
}

/** The largest budget, in bytes, that the limit leaves room for. */
export function mostBudget(workers: number): number {
  return Math.max(leastBudget, (addressLimit() - besideBudget(workers)) / ofBudget)
}

/** What to do where addresses are too few for so many workers and this budget (MC307); null where they suffice. */
export function lackOfAddresses(workers: number, budget = leastBudget): Problem | null {
  const limit = addressLimit()
  const wanted = besideBudget(workers) + budget * ofBudget
  if (limit >= wanted) return null
  const other = hasGuards() ? `set NODE_OPTIONS=${withoutGuards}, which costs some speed` : 'ask for less with --memory'
  const hint = `Raise their limit (\`ulimit -v\`) to ${shown(wanted)}, or ${other}.`
  return problem('MC307', `${shown(limit)} of address space are too few for this search`, hint)
}

const shown = (bytes: number): string => `${(Math.ceil((bytes / gibibyte) * 10) / 10).toFixed(1)} GiB`
