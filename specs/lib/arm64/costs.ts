/**
 * The measuring variant: how often one exception writes DAIF and PMR, and how many barriers it needs, from the vector to ERET. The
 * counters live in the frame, and only here: in the models that are checked they would tell apart what is the same. The nested
 * variant has one counter for its task instead, so that an exception pays for those that break into it as well.
 *
 * Counted are the writes of software, not what the hardware does at the exception and at ERET; what preempt_schedule_irq costs
 * is not the exception's. Barriers: the kernel's DSB after a PMR write that may unmask (asm/arch_gicv3.h pmr_sync, entry.S),
 * DSB and ISB with the read of IAR, ISB with the write of EOIR (irq-gic-v3.c).
 */

import {
  type Arrival, all, at, constant, type Line, type Lines, measure, model, not, oneOf, type Property, range, set, state,
  type Statement, type Statements, type ThreadHandle, threads, type Var, type Variables, when,
} from 'modelcheck'
import { arrivals } from './exceptions.ts'
import { hardware } from './hardware.ts'
import { type Design, regsIrqsEnabled } from './kernel.ts'
import { frame, machine, type Task } from './machine.ts'
import { kernel, ownProgram } from './program.ts'
import type { Mode } from './pstate.ts'
import { arrivalsFromEl0 } from './user-tasks.ts'

const counter = range(0, 15).starts(0)
const counters = { daifWrites: counter, pmrWrites: counter, barriers: counter }
/** What the acknowledge returned: the frame itself forgets it. */
const took = oneOf(['nothing', 'irq', 'nmi', 'special']).starts('nothing')
type Counter = keyof typeof counters
type Counters = { readonly [C in Counter]: Var<number> }

/** What the counting reads and writes. */
interface Counting extends Partial<Counters> {
  readonly took: Var<'nothing' | 'irq' | 'nmi' | 'special'>
  readonly intid: Var<'none' | 'irq' | 'nmi' | 'special'>
}

type Step = Extract<Line, { readonly kind: 'step' }>
type Effect = Step['effect']

/** Barriers that a step has besides those of its PMR writes. */
const barriersOf: { readonly [label: string]: number } = { gic_read_iar: 2, gic_write_eoir: 1, 'PMR := regs->pmr': 1 }

const added = (to: Var<number> | undefined, amount: number): readonly Statement[] =>
  amount === 0 || to === undefined ? [] : [set(to, to.plus(amount))]

/** The name of the register that a statement writes, and whether it lets everything through. */
function writtenBy(statement: Effect[number]): { readonly register: string; readonly opens: boolean } | null {
  if (statement.kind !== 'assign') return null
  const { place, e } = statement
  const root = place.kind === 'variable' ? place : place.of
  if (root.kind !== 'variable') return null
  return { register: root.name, opens: e.kind === 'literal' && e.value === 'ON' }
}

/** The effect with its counting: a register is written once on each way through a helper. */
function counted(effect: Effect, locals: Partial<Counters>): Effect {
  const writes = effect.flatMap((statement) => writtenBy(statement) ?? [])
  const own = [
    ...added(locals.daifWrites, writes.some(({ register }) => register === 'daif') ? 1 : 0),
    ...added(locals.pmrWrites, writes.some(({ register }) => register === 'pmr') ? 1 : 0),
    ...added(locals.barriers, writes.some(({ register, opens }) => register === 'pmr' && opens) ? 1 : 0),
  ].map(({ statement }) => statement)
  const inner = effect.map((statement): Effect[number] =>
    statement.kind === 'when'
      ? { ...statement, then: counted(statement.then, locals), otherwise: counted(statement.otherwise, locals) }
      : statement)
  return [...inner, ...own]
}

function countedStep(line: Step, locals: Counting): Line {
  const barriers = added(locals.barriers, barriersOf[line.label] ?? 0).map(({ statement }) => statement)
  const seen = line.label === 'gic_read_iar' ? acknowledged(locals) : []
  return { ...line, effect: [...counted(line.effect, locals), ...barriers, ...seen] }
}

const acknowledged = ({ took, intid }: Counting): Effect =>
  (['irq', 'nmi', 'special'] as const).map((one) => when(intid.is(one), set(took, one)).statement)

function countedLines(lines: Lines, locals: Counting): readonly Line[] {
  if (lines === false || lines === undefined) return []
  if (!('kind' in lines)) return lines.flatMap((line: Lines) => countedLines(line, locals))
  switch (lines.kind) {
    case 'step':
      return [countedStep(lines, locals)]
    case 'loop':
    case 'repeat':
      return [{ ...lines, body: countedLines(lines.body, locals) }]
    case 'branch':
    case 'decide':
      return [{ ...lines, then: countedLines(lines.then, locals), otherwise: countedLines(lines.otherwise, locals) }]
    // Only the work before a return to EL0 runs round and round.
    case 'forever':
      return [lines]
    case 'call':
      return [lines.routine === 'preempt_schedule_irq' ? lines : { ...lines, body: countedLines(lines.body, locals) }]
    default:
      return [lines]
  }
}

/** Ends each exception with a label of its own, where the counters are read. */
const measured = (one: Arrival, locals: Counting): Arrival => {
  const { returns } = one
  if (returns.kind !== 'step') return one
  return { ...one, runs: countedLines(one.runs, locals), returns: { ...returns, label: returnOf(one.name) } }
}
const returnOf = (exception: string): string => `ERET (${exception})`

/** A path by what took it and where from. */
interface Path {
  readonly name: string
  readonly exception: string
  readonly interrupts: 'on' | 'off'
  /** What it acknowledges. */
  readonly took: 'nothing' | 'irq' | 'nmi' | 'special'
}

const paths = (mode: Mode): readonly Path[] => [
  { name: 'interrupt', exception: 'IRQ', interrupts: 'on', took: 'irq' },
  { name: 'interrupt that is gone', exception: 'IRQ', interrupts: 'on', took: 'special' },
  ...(mode === 'pNMI' ? [
    { name: 'pseudo-NMI, interrupts off (1)', exception: 'IRQ', interrupts: 'off', took: 'nmi' } as const,
    { name: 'pseudo-NMI, interrupts on (2)', exception: 'IRQ', interrupts: 'on', took: 'nmi' } as const,
  ] : []),
  { name: 'data abort, interrupts on', exception: 'data abort', interrupts: 'on', took: 'nothing' },
  { name: 'data abort, interrupts off', exception: 'data abort', interrupts: 'off', took: 'nothing' },
  { name: 'SError', exception: 'SError', interrupts: 'on', took: 'nothing' },
  { name: 'watchpoint', exception: 'watchpoint', interrupts: 'on', took: 'nothing' },
]

const words: { readonly [C in Counter]: string } = {
  daifWrites: 'DAIF writes', pmrWrites: 'PMR writes', barriers: 'barriers',
}

const total = range(0, 63)

/** What the outermost exception pays for, and how deep its task is. */
const totals = () => state({ paid: total.starts(0), level: range(0, 3).starts(0) })
type Totals = ReturnType<typeof totals>

/** The outermost exception starts at 0. Each kind comes once in a run, so that there is a worst case. */
const within = (one: Arrival, { level, paid }: Totals): Arrival => {
  const starts: Statements = [
    when(level.is(0), set(paid, 0)),
    set(level, level.plus(1)),
  ]
  const { returns } = one
  if (returns.kind !== 'step') return one
  const ends = set(level, level.minus(1)).statement
  return {
    ...one,
    budget: one.name === 'IRQ' ? 2 : 1,
    does: [one.does, starts],
    returns: { ...returns, effect: [...returns.effect, ends] },
  }
}

interface Measured {
  readonly design: Design
  readonly mode: Mode
  /** Count this one, with that of what nests. */
  readonly nested?: Counter
}

const fromEl0 = (mode: Mode): readonly Path[] => [
  { name: 'interrupt from EL0', exception: 'IRQ from EL0', interrupts: 'on', took: 'irq' },
  ...(mode === 'pNMI' ? [{ name: 'pseudo-NMI from EL0', exception: 'IRQ from EL0', interrupts: 'on', took: 'nmi' } as const] : []),
  { name: 'system call', exception: 'SVC', interrupts: 'on', took: 'nothing' },
  { name: 'data abort from EL0', exception: 'data abort from EL0', interrupts: 'on', took: 'nothing' },
  { name: 'SError from EL0', exception: 'SError from EL0', interrupts: 'on', took: 'nothing' },
  { name: 'watchpoint from EL0', exception: 'watchpoint from EL0', interrupts: 'on', took: 'nothing' },
]

const countersOf = (mode: Mode): readonly Counter[] => ['daifWrites', ...(mode === 'pNMI' ? (['pmrWrites'] as const) : []), 'barriers']

/**
 * The same of exceptions from EL0: the ways in and out. The work before the return is not the exception's.
 */
export const costsFromEl0 = (name: string, { design, mode }: Omit<Measured, 'nested'>) =>
  model(name, () => {
    const cpu = machine(['EL0'], true)
    const tasks = ['T1'] as const
    const locals = { ...frame, ...counters, took }
    const bind = (own: Variables<typeof locals>) => kernel(design, { mode, tasks, me: 'T1', cpu, frame: own })
    const reads: { [name: string]: (thread: ThreadHandle) => Property } = {}
    const { T1 } = threads(tasks, {
      locals,
      depth: 1,
      arrivals: (_, own) => {
        for (const path of fromEl0(mode)) {
          for (const one of countersOf(mode)) {
            reads[`${path.name}: ${words[one]}`] = (handle) =>
              measure(own[one], { where: all(at(handle, returnOf(path.exception)), own.took.is(path.took)) })
          }
        }
        return arrivalsFromEl0(bind(own)).map((one) => measured(one, own))
      },
    }, (_, own) => ownProgram(bind(own), tasks))
    return {
      threads: T1,
      actions: hardware({ cpu, mode, tasks }).filter(({ selectionName }) => selectionName !== 'resched_curr'),
      properties: Object.fromEntries(Object.entries(reads).map(([key, read]) => [key, read(T1)])),
    }
  })

/** Least and greatest count at the return of each path. */
export const costs = (name: string, { design, mode, nested }: Measured) =>
  model(name, { depth: constant(range(1, 3), nested ? 2 : 1) }, ({ depth }) => {
    const cpu = machine()
    const shared = nested && totals()
    // What another task does while this one is preempted is not the exception's.
    const tasks: readonly Task[] = nested ? ['T1'] : ['T1', 'T2']
    const reads: { [name: string]: (thread: ThreadHandle) => Property } = {}
    const thread = threads(tasks, {
      locals: { ...frame, ...(nested ? {} : counters), took },
      depth,
      runs: (me) => cpu.current.is(me),
      arrivals: (me, locals) => {
        const k = kernel(design, { mode, tasks, me, cpu, frame: locals })
        const isOn = regsIrqsEnabled(k)
        const counts: Partial<Counters> = shared && nested ? { [nested]: shared.paid } : (locals as typeof locals & Counters)
        const counting = { ...counts, took: locals.took, intid: locals.intid }
        const isOutermost = shared ? shared.level.is(1) : true
        for (const path of paths(mode)) {
          for (const one of countersOf(mode)) {
            const count = counts[one]
            if (count === undefined) continue
            reads[`${path.name}: ${words[one]}`] = (handle) =>
              measure(count, {
                where: all(
                  cpu.current.is(me), at(handle, returnOf(path.exception)), locals.took.is(path.took), isOutermost,
                  path.interrupts === 'on' ? isOn : not(isOn),
                ),
              })
          }
        }
        return arrivals(k).map((each) => {
          const one = measured(each, counting)
          return shared ? within(one, shared) : one
        })
      },
    }, (me, locals) => ownProgram(kernel(design, { mode, tasks, me, cpu, frame: locals })))
    const measuredThread = thread[nested ? 'T1' : 'T2']
    if (measuredThread === undefined) throw new Error('no task to measure')
    return {
      threads: thread,
      actions: hardware({ cpu, mode, tasks }),
      // Of the last task, whose arrivals were named last.
      properties: Object.fromEntries(Object.entries(reads).map(([key, read]) => [key, read(measuredThread)])),
    }
  })
