/**
 * One command for all threads that take part: they work until it is done, or paused. The leader works too, a slice of time after the
 * other, and gives its event loop a turn in between: for signals and timers, and for threads that start or get their work through it.
 */

import { setImmediate as turn } from 'node:timers/promises'
import { command as kind, word } from './control.ts'
import type { Crew } from './crew.ts'
import type { Expander } from './expander.ts'
import type { Muster } from './muster.ts'

export interface Rounds {
  /**
   * Null when it is over already: to wait for a promise takes as long as a short level. `isResumed`: the same command was left before it was done, so
   * that each thread may have something that it alone can end.
   */
  run(command: number, isResumed?: boolean): Promise<void> | null
}

interface RoundsInput {
  readonly control: Int32Array
  readonly expander: Pick<Expander, 'work'>
  readonly crew: Crew
  readonly muster: Muster
  /** States that are still to be worked on under a command. */
  readonly statesLeft: (command: number) => number
  /** Called after each turn of the event loop. */
  readonly onTurn: () => void
}

/** The leader gives its event loop a turn this often. */
const sliceMs = 40
/** The same while threads start or could join in: whether they are ready is asked after it. */
const startingSliceMs = 4

/** Whether threads take what is next, each as fast as it can. Otherwise each of them has a part of its own. */
const isDealtOut = (command: number): boolean => command === kind.expand || command === kind.enter

export function createRounds({ control, expander, crew, muster, statesLeft, onTurn }: RoundsInput): Rounds {
  let turnedAt = performance.now()

  /** Counted from the last turn, not from the round's start: many short levels must not keep signals and starting threads waiting. */
  const nextTurnAt = (): number => turnedAt + (muster.isAwaited() ? startingSliceMs : sliceMs)

  /** Threads that are ready before the round is over join in it. */
  const finish = async (command: number, isLate: boolean, isResumed: boolean): Promise<void> => {
    for (let goesOn = isLate; goesOn; goesOn = expander.work(nextTurnAt())) {
      await turn()
      turnedAt = performance.now()
      onTurn()
      if (muster.grows(statesLeft(command))) crew.callMore(muster.members())
    }
    if (muster.members() > 0) await (isDealtOut(command) && !isResumed ? crew.finish() : crew.join())
  }

  return {
    run: (command, isResumed = false) => {
      Atomics.store(control, word.command, command)
      Atomics.store(control, word.takers, muster.members() + 1)
      crew.call(muster.members())
      const isLate = expander.work(nextTurnAt())
      return isLate || muster.members() > 0 ? finish(command, isLate, isResumed) : null
    },
  }
}
