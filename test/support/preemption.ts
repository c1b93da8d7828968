/**
 * Two tasks on one CPU, an interrupt that may preempt, and an error that breaks into everything: all that a page shows of a run (lanes,
 * nested handlers, calls, strips, several initial states, a line that is never taken) in few states.
 */

import {
  action,
  all,
  any,
  arrival,
  at,
  bool,
  branch,
  choose,
  either,
  forever,
  type Lines,
  model,
  never,
  not,
  oneOf,
  reachable,
  record,
  routines,
  set,
  state,
  step,
  threads,
} from 'modelcheck'

const tasks = ['T1', 'T2'] as const
const other = { T1: 'T2', T2: 'T1' } as const
const open = { A: false, I: false } as const
const masked = { A: true, I: true } as const

/** Does the handler unmask errors before it gives the CPU away? */
const preemption = (name: string, isCareful: boolean) =>
  model(name, () => {
    const { current, mask, pending } = state({
      current: oneOf(tasks).starts('T1'),
      mask: record({ A: bool, I: bool }).starts(open),
      pending: bool.starts(false),
    })
    const codeOf = (me: (typeof tasks)[number]) =>
      routines(
        {
          handle_irq: ({ code }): Lines => [
            step('acknowledge', set(pending, false)),
            branch('spurious?', not(mask.I), [step('ignore')], [step('handle')]),
            code.exit_irq(),
          ],
          exit_irq: () => [
            isCareful && step('unmask errors', set(mask.A, false)),
            either([step('switch_to', set(current, other[me]))], [step('stay')]),
          ],
        },
        {},
      )
    const task = threads(
      tasks,
      {
        runs: (me) => current.is(me),
        locals: { saved: record({ A: bool, I: bool }).starts(open) },
        depth: 1,
        arrivals: (me, { saved }) => [
          arrival('IRQ', {
            when: all(pending, not(mask.I)),
            does: [set(saved, mask), set(mask, masked)],
            runs: codeOf(me).handle_irq(),
            returns: step('return from IRQ', set(mask, saved)),
          }),
          arrival('error', {
            when: not(mask.A),
            does: [set(saved, mask), set(mask, masked)],
            runs: step('log'),
            returns: step('return from error', set(mask, saved)),
          }),
        ],
      },
      () => forever(step('enable', set(mask.I, false)), step('work')),
    )
    return {
      initially: choose('first', tasks, (first) => set(current, first)),
      threads: task,
      actions: action('raise', {}, () => ({ lane: 'device', when: not(pending), then: set(pending, true) })),
      properties: {
        'no task works with errors masked': never(
          any(...tasks.map((one) => all(at(task[one], 'work'), current.is(one), mask.A))),
        ),
        'an interrupt is handled': reachable(at(task.T1, 'handle')),
      },
      ...(isCareful ? {} : { expectViolated: ['no task works with errors masked'] }),
      strips: { current, mask, pending },
    }
  })

export const careless = preemption('careless', false)
export const careful = preemption('careful', true)
