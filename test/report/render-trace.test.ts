/**
 * Text traces: a column per thread, handlers and calls by indentation, folding, the reason, and 100 columns at most.
 */

import { describe, expect, it } from 'vitest'
import type { Value } from '../../src/model/ir.ts'
import { paintFor } from '../../src/report/paint.ts'
import { renderTrace } from '../../src/report/render-trace.ts'
import { committedTraces, savedIn } from '../support/committed-traces.ts'
import { hostileTrace, traceOf } from '../support/traces.ts'

const plain = { full: false, paint: paintFor(false), step: null }

/** Longer words are cut in 72 columns. */
const leastChanges = 18

const arm64 = 'arm64-entry.merged.se-1-no-task-runs-its-own-code-with-serror-masked.json'

describe('a text trace', () => {
  it('tells the arm64 story in at most 30 lines', () => {
    const text = renderTrace(savedIn(arm64), plain)

    expect(text.split('\n').length).toBeLessThanOrEqual(30)
    expect(text).toMatchInlineSnapshot(`
      "         T1           T2           remote
            0  initial state                                        current T1, daif ....,
                                                                    irqPending false, hardirqs LT
            1                            resched_curr               irqPending, needResched.T1
            2  >> data abort                                        daif .... -> DAIF
               | el1_abort:
               |   enter_from_kernel_mode:
               |     irqentry_enter:
            3  |       lockdep_hardirqs_off                         hardirqs LT -> .T
            4  |       trace_hardirqs_off_finish                    hardirqs .T -> ..
            5  |     mte_check_tfsr_entry
            6  |   local_daif_inherit                               daif DAIF -> ...., hardirqs .. -> LT
            7  |   do_mem_abort
            8  |   local_daif_mask                                  daif .... -> DAIF, hardirqs LT -> ..
               |   exit_to_kernel_mode:
         9-10  |     … mte_check_tfsr_exit, irqentry_exit_cond_resched
               |     irqentry_exit:
               |       irqentry_exit_cond_resched:
               |         preempt_schedule_irq:
           11  |           preempt_disable                          preemptCount.T1.preempt 0 -> 1
           12  |           local_irq_enable                         daif DAIF -> DA.., hardirqs .. -> LT
               |           __schedule:
           13  |             local_irq_disable                      daif DA.. -> DAIF, hardirqs LT -> ..
           14  |             __switch_to (next=T2)                  current T1 -> T2, not needResched.T1,
                                                                    switchedOut.T1.daif .... -> DAIF
                            ret_from_fork:
           15                 finish_task_switch: local_irq_enable  daif DAIF -> DA.., hardirqs .. -> LT
               => daif.A is true, since step 8 (T1 local_daif_mask)
               => while current is T2, since step 14 (T1 __switch_to)
               => while T2 is at 'work' or 'schedule: preempt_disable', since step 15"
    `)
  })

  it.each(committedTraces)(
    'keeps %s within 100 columns and within a narrower terminal, and loses nothing there',
    (name) => {
      const saved = savedIn(name)
      for (const full of [false, true]) {
        const usual = renderTrace(saved, { ...plain, full })
        const narrow = renderTrace(saved, { ...plain, full, width: 72 })

        expect(usual.split('\n').filter((line) => line.length > 100)).toEqual([])
        expect(narrow.split('\n').filter((line) => line.length > 72)).toEqual([])
        const said = new Set(narrow.split(/\s+/))
        expect(usual.split(/\s+/).filter((word) => word.length <= leastChanges && !said.has(word))).toEqual([])
      }
    },
  )

  it('shows every step once, in full as well as folded', () => {
    const saved = savedIn(arm64)
    const numbers = (text: string): readonly number[] =>
      text.split('\n').flatMap((line) => {
        const found = /^ *(\d+)(?:-(\d+))? {2}/.exec(line)
        if (found === null) return []
        const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])]
        return Array.from({ length: last - first + 1 }, (_, i) => first + i)
      })

    const all = saved.steps.map((_, i) => i)
    expect(numbers(renderTrace(saved, plain))).toEqual(all)
    expect(numbers(renderTrace(saved, { ...plain, full: true }))).toEqual(all)
  })

  it('marks the loop and gives each thread its column', () => {
    const saved = savedIn('readers-writers.readers-writers-weak.writer0-gets-to-write.json')

    expect(renderTrace(saved, plain)).toMatchInlineSnapshot(`
      "         writer0             reader0
            0  initial state                       turnstile false, inside 0, isWriting false
            1  rest
           ↺2                      rest
            3                      pass turnstile  turnstile
            4                      let go          not turnstile
            5                      enter           inside 0 -> 1
            6                      read
            7                      leave           inside 1 -> 0
               ↺ steps 2 to 7 repeat for ever
               => after step 1, writer0.pc = hold turnstile holds, but writer0.pc = write never follows
               => weak fairness of reader0: taken in the loop at step 3
               => weak fairness of reader1: not enabled after step 1
               => weak fairness of writer0: not enabled after step 3
               => strong fairness of writer0 would rule this run out, and the property would hold"
    `)
  })

  it('says of a loop of one step that it repeats, and of one of none that the run stops', () => {
    const saved = traceOf([
      { lane: 'T', label: 'come', state: { x: 1 } },
      { lane: 'T', label: 'stay', state: { x: 1 } },
    ])

    expect(renderTrace({ ...saved, loop: 1 }, plain)).toContain('↺ step 2 repeats for ever')
    expect(renderTrace({ ...saved, loop: 2 }, plain)).toContain('the run stops here for ever')
  })

  it('gives what nobody does a column without a name, before those of the threads', () => {
    const saved = savedIn('two-phase-commit.two-phase-commit-hasty.consistent.json')

    const [header, , ...steps] = renderTrace(saved, plain).split('\n')

    expect(header).toBe('                    rm0        rm1')
    expect(steps.filter((line) => /^ +[1-5] /.test(line)).map((line) => line.slice(0, 45).trimEnd())).toEqual([
      '      1             RM prepares (id=rm0)',
      '      2  TM receives prepared (id=rm0)',
      '      3  TM commits',
      '      4                        RM chooses to',
      '      5             RM commits (id=rm0)',
    ])
  })

  it('says who steps, even where all steps are of one thread, unless there is no other', () => {
    const told = traceOf([{ lane: 'p', label: 's', state: { x: 1 } }])
    const linesFor = (...control: readonly string[]): number =>
      renderTrace({ ...told, control }, plain).split('\n').length

    expect(
      renderTrace({ ...told, control: ['p.pc', 'q.pc'] }, plain)
        .split('\n')[0]
        ?.trim(),
    ).toBe('p')
    expect([linesFor('p.pc', 'q.pc'), linesFor('p.pc', 'p.frames'), linesFor()]).toEqual([3, 2, 2])
  })

  it('names the lane before each step when there are too many for columns', () => {
    const lanes = Array.from({ length: 12 }, (_, i) => `cpu${i}`)
    const saved = traceOf(lanes.map((lane) => ({ lane, label: 'a step with a rather long label', state: { x: lane } })))

    const lines = renderTrace(saved, plain).split('\n')

    expect(lines[1]).toMatch(/^ {6}1 {2}cpu0 +a step with a rather long label +x 0 -> cpu0$/)
    expect(lines[12]).toMatch(/^ {5}12 {2}cpu11 +a step/)
  })

  it('folds, in a long story, what does not touch the variables of the reason, and tells the net change', () => {
    const steps = Array.from({ length: 100 }, (_, i) => ({
      lane: 'p',
      label: `s${i + 1}`,
      state: { busy: i + 1, guilty: i >= 49 },
    }))
    const saved = { ...traceOf(steps, { busy: 0, guilty: false }), reason: ['guilty is true, since step 50 (p s50)'] }

    expect(renderTrace(saved, plain).split('\n')).toEqual(
      [
        '      0  initial state                busy 0, guilty false',
        '   1-49  … s1, … s49 (49 steps)       busy 0 -> 49',
        '     50  s50                          busy 49 -> 50, guilty',
        '  51-99  … s51, … s99 (49 steps)      busy 50 -> 99',
        '    100  s100                         busy 99 -> 100',
        '         => guilty is true, since step 50 (p s50)',
      ].map((line) =>
        expect.stringMatching(new RegExp(`^${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ {3,}/g, ' +')}$`)),
      ),
    )
  })

  it('tells of messages which come and go, and of what has nothing in common with what was there, both', () => {
    const [a, b, c] = [{ to: 1 }, { to: 2 }, { to: 3 }]
    const sent: readonly (readonly Value[])[] = [[a], [a, b, c], [a, c], [b], [b, b], [a, b, c], [b, a]]
    const steps = sent.map((x, i) => ({ lane: 'p', label: `s${i + 1}`, state: { x } }))

    const lines = renderTrace(traceOf(steps, { x: [] }), plain).split('\n')

    expect(lines.slice(1).map((line) => line.trim().replace(/ {2,}/g, '  '))).toEqual([
      '1  s1  x gains {to: 1}',
      '2  s2  x gains {to: 2}, {to: 3}',
      '3  s3  x loses {to: 2}',
      '4  s4  x [{to: 1}, {to: 3}] -> [{to: 2}]',
      '5  s5  x [{to: 2}] -> [{to: 2}, {to: 2}]',
      '6  s6  x [{to: 2}, {to: 2}] -> [{to: 1}, {to: 2}, {to: 3}]',
      '7  s7  x [{to: 1}, {to: 2}, {to: 3}] -> [{to: 2}, {to: 1}]',
    ])
  })

  it('keeps hostile names on their line and free of control characters', () => {
    for (const full of [false, true]) {
      const text = renderTrace(hostileTrace, { ...plain, full })

      // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the claim.
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
      expect(text.split('\n').filter((line) => line.length > 100)).toEqual([])
    }
  })
})

describe('the initial state', () => {
  const long = { name: 'the longest name of all', other: 'another one' }
  const state = Object.fromEntries([
    ...Array.from({ length: 12 }, (_, i) => [`v${i}`, 0] as const),
    ['est', long],
    ['more', Array.from({ length: 60 }, () => 7)],
  ])
  const saved = traceOf([{ lane: 'p0', label: 'go', state: { ...state, v3: 1, est: { ...long, other: '' } } }], state)

  it('is told with what tells it from others first, however long that is and whether or not it changes', () => {
    const lines = (starts: readonly string[]): readonly string[] =>
      renderTrace({ ...saved, starts }, plain)
        .split('\n')
        .map((line) => line.replace(/^ +0? */, ''))

    expect(lines([]).slice(0, 1)).toEqual(['initial state  v3 0'])
    expect(lines(['est', 'more']).slice(0, 2)).toEqual([
      'initial state  est {name: the longest name of all, other: another one},',
      'more [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,…, v3 0',
    ])
  })

  it('is told with what the reason names, where it never changes and is long too, in the order of the spec', () => {
    const firstLine = (...reason: readonly string[]): string | undefined =>
      renderTrace({ ...saved, reason }, plain)
        .split('\n')[0]
        ?.trim()

    expect(firstLine('v10 is 0, v3 is 1')).toBe('0  initial state  v3 0, v10 0')
    expect(firstLine('est.name is the longest name of all')).toBe(
      '0  initial state  v3 0, est {name: the longest name of all, other: another one}',
    )
    expect(firstLine('the rest is v11x', 'at.v0')).toBe('0  initial state  v3 0')
  })
})

describe('the reason of a lasso', () => {
  const reason = [
    ...['p0', 'p1', 'p2', 'p3', 'p4'].map((name) => `weak fairness of ${name}: not enabled in the last state`),
    'strong fairness of deliver(cpu=0): not enabled in the last state',
    'weak fairness of q: taken in the loop at step 3',
    'strong fairness of lock: not enabled in the last state',
    'weak fairness of p9 would rule this run out, and the property would hold',
  ]
  const told = (full: boolean): string => renderTrace({ ...savedIn(arm64), reason }, { ...plain, full })

  it('tells the conditions that say the same once', () => {
    expect(
      told(false)
        .split('\n')
        .filter((line) => line.includes('=>')),
    ).toEqual(
      [
        'weak fairness of p0, p1, p2 and 2 more, 5 in all: not enabled in the last state',
        'strong fairness of deliver(cpu=0), lock: not enabled in the last state',
        'weak fairness of q: taken in the loop at step 3',
        'weak fairness of p9 would rule this run out, and the property would hold',
      ].map((line) => `         => ${line}`),
    )
  })

  it('tells each by itself where everything is told', () => {
    expect(
      told(true)
        .split('\n')
        .filter((line) => line.includes('=>')),
    ).toHaveLength(reason.length)
  })
})
