/**
 * The measuring variant: how often one exception writes DAIF and PMR, and how many barriers it needs, from the vector to ERET. The
 * counters live in the frame, and only here: in the models that are checked they would tell apart what is the same.
 *
 * Counted are the writes of software, not what the hardware does at the exception and at ERET; what preempt_schedule_irq costs
 * is not the exception's. Barriers: the kernel's DSB after a PMR write that may unmask (asm/arch_gicv3.h pmr_sync, entry.S),
 * DSB and ISB with the read of IAR, ISB with the write of EOIR (irq-gic-v3.c).
 */

import {
  type Arrival, all, at, constant, ifElse, type Line, type Lines, measure, model, not, type Property, range, set,
  type Statement, type ThreadHandle, threads, type Var,
} from 'modelcheck'
import { arrivals } from './exceptions.ts'
import { hardware } from './hardware.ts'
import { type Design, regsIrqsEnabled } from './kernel.ts'
import { frame, machine, type Task } from './machine.ts'
import { kernel, ownProgram } from './program.ts'
import type { Mode } from './pstate.ts'

const counter = range(0, 15).starts(0)
const counters = { daifWrites: counter, pmrWrites: counter, barriers: counter }
type Counter = keyof typeof counters
type Counters = { readonly [C in Counter]: Var<number> }

type Step = Extract<Line, { readonly kind: 'step' }>
type Effect = Step['effect']

/** Barriers that a step has besides those of its PMR writes. */
const barriersOf: { readonly [label: string]: number } = { gic_read_iar: 2, gic_write_eoir: 1, 'PMR := regs->pmr': 1 }

const added = (to: Var<number>, amount: number): readonly Statement[] => (amount === 0 ? [] : [set(to, to.plus(amount))])

/** The name of the register that a statement writes, and whether it lets everything through. */
function writtenBy(statement: Effect[number]): { readonly register: string; readonly opens: boolean } | null {
  if (statement.kind !== 'assign') return null
  const { place, e } = statement
  const root = place.kind === 'variable' ? place : place.of
  if (root.kind !== 'variable') return null
  return { register: root.name, opens: e.kind === 'literal' && e.value === 'ON' }
}

/** The effect with its counting: a register is written once on each way through a helper. */
function counted(effect: Effect, locals: Counters): Effect {
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

function countedStep(line: Step, locals: Counters): Line {
  const barriers = added(locals.barriers, barriersOf[line.label] ?? 0).map(({ statement }) => statement)
  return { ...line, effect: [...counted(line.effect, locals), ...barriers] }
}

function countedLines(lines: Lines, locals: Counters): readonly Line[] {
  if (lines === false || lines === undefined) return []
  if (!('kind' in lines)) return lines.flatMap((line: Lines) => countedLines(line, locals))
  switch (lines.kind) {
    case 'step':
      return [countedStep(lines, locals)]
    case 'branch':
    case 'decide':
      return [{ ...lines, then: countedLines(lines.then, locals), otherwise: countedLines(lines.otherwise, locals) }]
    case 'call':
      return [lines.routine === 'preempt_schedule_irq' ? lines : { ...lines, body: countedLines(lines.body, locals) }]
    default:
      return [lines]
  }
}

/** Ends each exception with a label of its own, where the counters are read. */
const measured = (one: Arrival, locals: Counters): Arrival => {
  const { returns } = one
  if (returns.kind !== 'step') return one
  return { ...one, runs: countedLines(one.runs, locals), returns: { ...returns, label: returnOf(one.name) } }
}
const returnOf = (exception: string): string => `ERET (${exception})`

/** A path by what took it and where from. */
interface Path {
  readonly exception: string
  readonly interrupts: 'on' | 'off'
}

const paths = (mode: Mode): readonly Path[] => [
  { exception: 'IRQ', interrupts: 'on' },
  ...(mode === 'pNMI' ? [{ exception: 'IRQ', interrupts: 'off' } as const] : []),
  { exception: 'data abort', interrupts: 'on' },
  { exception: 'data abort', interrupts: 'off' },
  { exception: 'SError', interrupts: 'on' },
  { exception: 'watchpoint', interrupts: 'on' },
]

const words: { readonly [C in Counter]: string } = {
  daifWrites: 'DAIF writes', pmrWrites: 'PMR writes', barriers: 'barriers',
}

/** Least (other than 0) and greatest count at the return of each path. */
export const costs = (name: string, design: Design, mode: Mode) =>
  model(name, { depth: constant(range(1, 2), 1) }, ({ depth }) => {
    const cpu = machine()
    const tasks = ['T1', 'T2'] as const satisfies readonly Task[]
    const reads: { [name: string]: (thread: ThreadHandle) => Property } = {}
    const thread = threads(tasks, {
      locals: { ...frame, ...counters },
      depth,
      runs: (me) => cpu.current.is(me),
      arrivals: (me, locals) => {
        const k = kernel(design, { mode, tasks, me, cpu, frame: locals })
        const isOn = regsIrqsEnabled(k)
        for (const { exception, interrupts } of paths(mode)) {
          for (const one of ['daifWrites', ...(mode === 'pNMI' ? (['pmrWrites'] as const) : []), 'barriers'] as const) {
            reads[`${exception}, interrupts ${interrupts}: ${words[one]}`] = (handle) =>
              measure(ifElse(
                all(cpu.current.is(me), at(handle, returnOf(exception)), interrupts === 'on' ? isOn : not(isOn)),
                locals[one], 0,
              ))
          }
        }
        return arrivals(k).map((each) => measured(each, locals))
      },
    }, (me, locals) => ownProgram(kernel(design, { mode, tasks, me, cpu, frame: locals })))
    return {
      threads: thread,
      actions: hardware({ cpu, mode, tasks }),
      // Of the second task, whose arrivals were named last.
      properties: Object.fromEntries(Object.entries(reads).map(([key, read]) => [key, read(thread.T2)])),
    }
  })
