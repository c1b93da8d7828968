/**
 * x86: an NMI in an NMI overwrote the frame of the first, or was one only in the kernel's opinion.
 *
 * The CPU blocks NMIs until the next IRET; that of a page fault or breakpoint in the handler unblocks them early. The next NMI
 * starts at the top of the same stack. So the kernel copies the frame away, and a nested NMI only asks the first to repeat.
 * It knew a nested NMI by "RSP is on the NMI stack"; but user code chooses RSP, and after SYSCALL the kernel still has it
 * for some instructions. The fix asks for the direction flag too: the kernel sets it there, and SYSCALL clears it.
 * Source: CVE-2015-3290 and CVE-2015-3291; arch/x86/entry/entry_64.S. The commit ids are unconfirmed. Not modelled: the repetition.
 */

import {
  all, any, arrival, at, bool, branch, check, either, type Expr, forever, idle, ifElse, type Lines, model, nesting, not, oneOf,
  range, reachable, set, state, step, threads, type Variables,
} from 'modelcheck'

const stack = oneOf(['user', 'kernel', 'NMI'])
const context = oneOf(['task', 'first NMI'])
const registers = () => state({
  rsp: stack.starts('user'),
  isUser: bool.starts(true),
  df: bool.starts(false),
  nmiBlocked: bool.starts(false),
  nmis: range(0, 2).starts(0),
  /** On the NMI stack: the frame that the CPU pushes, its copy, and the note that an NMI is at work. */
  top: context.starts('task'),
  copy: context.starts('task'),
  isExecuting: bool.starts(false),
})
type Registers = ReturnType<typeof registers>
const locals = {
  rsp: stack.starts('user'), isUser: bool.starts(false), df: bool.starts(false), isNested: bool.starts(false),
  interrupted: context.starts('task'),
}
type Frame = Variables<typeof locals>
/** How a nested NMI is known, if at all, and whether the kernel sets the direction flag where the note does not help. */
interface Guard {
  readonly copies: boolean
  readonly isNested: (cpu: Registers, frame: Frame) => Expr<boolean>
  readonly leaves: (cpu: Registers) => Lines
}

const none: Guard = { copies: false, isNested: () => any(), leaves: () => [] }
const clearNote = (cpu: Registers) => step('clear "NMI executing"', set(cpu.isExecuting, false))
const byStack: Guard = {
  copies: true,
  isNested: (cpu, frame) => all(not(frame.isUser), any(cpu.isExecuting, frame.rsp.is('NMI'))),
  leaves: clearNote,
}
const byDirectionFlag: Guard = {
  copies: true,
  isNested: (cpu, frame) => all(not(frame.isUser), any(cpu.isExecuting, all(frame.rsp.is('NMI'), frame.df))),
  leaves: (cpu) => [step('std', set(cpu.df, true)), clearNote(cpu)],
}

const returnsWhere = 'RET-1: an NMI returns to what it interrupted'
const reallyNested = 'STK-1: an NMI that asks another to repeat finds one on its stack'

const handling = (guard: Guard) => {
  const cpu = registers()
  const { rsp, isUser, df, nmiBlocked, nmis, top, copy, isExecuting } = cpu

  const first = (): Lines => [
    guard.copies && step('copy the frame, note "NMI executing"', set(copy, top), set(isExecuting, true)),
    either(step('handle the NMI'), [step('handle the NMI'), step('page fault: its IRET unblocks NMIs', set(nmiBlocked, false))]),
    guard.leaves(cpu),
  ]
  const { task } = threads(['task'], {
    locals,
    arrivals: (_, frame) => [
      arrival('NMI', {
        when: not(nmiBlocked),
        limit: 2,
        does: [
          set(frame.interrupted, ifElse(nmis.is(0), 'task', 'first NMI')), set(top, frame.interrupted),
          set(frame.rsp, rsp), set(frame.isUser, isUser), set(frame.df, df),
          set(nmiBlocked, true), set(nmis, nmis.plus(1)), set(rsp, 'NMI'), set(isUser, false),
        ],
        runs: branch('nested?', guard.isNested(cpu, frame), [
          step('ask the first NMI to repeat', check(nmis.is(2), reallyNested), set(frame.isNested, true)),
        ], first()),
        returns: step('iret',
          check(ifElse(any(frame.isNested, !guard.copies), top, copy).is(frame.interrupted), returnsWhere),
          set(nmiBlocked, false), set(nmis, nmis.minus(1)), set(rsp, frame.rsp), set(isUser, frame.isUser), set(df, frame.df)),
      }),
    ],
  }, () => forever(
    idle('user code'),
    either(step('point RSP at the NMI stack', set(rsp, 'NMI')), step('leave RSP alone')),
    either(step('set DF', set(df, true)), step('leave DF alone')),
    step('SYSCALL', set(isUser, false), set(df, false)),
    step('load RSP', set(rsp, 'kernel')),
    step('system call'),
    step('SYSRET', set(rsp, 'user'), set(isUser, true)),
  ))

  return {
    threads: task,
    properties: {
      'an NMI nests': reachable(nesting(task).is(2)),
      'an NMI comes before the kernel has its stack': reachable(all(at(task, 'handle the NMI'), not(isUser), nmis.is(1))),
    },
  }
}

export const buggy = model('nested-nmi', () => ({ ...handling(none), expectViolated: [returnsWhere] }))
export const buggyGuard = model('nested-nmi-stack-guard', () => ({ ...handling(byStack), expectViolated: [reallyNested] }))
export const fixed = model('nested-nmi-df-guard', () => handling(byDirectionFlag))
