/**
 * What the reader does in the explorer, and what comes of it: a run that is taken by hand grows from any step of any run.
 */

import { useEffect, useRef, useState } from 'preact/hooks'
import type { Before, PageModel, PageRun, PageStep } from '../page-data.ts'
import { ask, reasonOf } from './ask.ts'
import { isField } from './keys.ts'
import { type Change, modelOf, type PageState, runOf } from './page-state.ts'
import { parsePlace } from './permalink.ts'
import { type FullState, plain } from './run-states.ts'

export interface Explorer {
  readonly isBusy: boolean
  /** Why the last question had no answer. */
  readonly complaint: string | null
  /** Takes ways, one after the other, from the step that is shown. */
  readonly take: (picks: readonly number[]) => void
  readonly find: (condition: string, isFromHere: boolean) => void
  readonly check: () => void
  /** Begins a run of your own in this initial state. */
  readonly start: (pick: number) => void
  /** Every step that leads to the state that is shown. */
  readonly before: (then: (found: Before) => void) => void
  /** Shows a shortest run to a state. */
  readonly reach: (state: PageStep['state']) => void
  /** True when the key took a way. */
  readonly pressed: (event: KeyboardEvent) => boolean
}

const takenRun = (steps: readonly PageStep[]): PageRun => ({
  title: 'taken by hand',
  claim: 'your own run',
  tone: 'neutral',
  reason: [],
  shortest: false,
  isTaken: true,
  loop: null,
  steps,
})

export function useExplorer(
  page: PageState,
  state: FullState | undefined,
  dispatch: (change: Change) => void,
): Explorer {
  const [isBusy, setBusy] = useState(false)
  const [complaint, complain] = useState<string | null>(null)
  /** Where the address pointed when the page was opened; it is followed once. */
  const asked = useRef(parsePlace(location.hash))
  const { model, step } = page
  const run = runOf(page)

  const doing = (work: () => Promise<void>): void => {
    if (isBusy) return
    setBusy(true)
    complain(null)
    work()
      .catch((error: unknown) => complain(reasonOf(error)))
      .finally(() => setBusy(false))
  }
  const show = (steps: readonly PageStep[], at = steps.length - 1): void => {
    const runs = modelOf(page)?.runs ?? []
    const taken = runs.findIndex((one) => one.isTaken)
    dispatch({ kind: 'shown', model, run: takenRun(steps), at: taken === -1 ? runs.length : taken, step: at })
  }
  const take = (picks: readonly number[]): void =>
    doing(async () => {
      let [now, steps] = [new Map(state), run?.steps.slice(0, step + 1) ?? []]
      for (const pick of picks) {
        const next = await ask<PageStep>({ ask: 'take', model, state: plain(now), pick })
        steps = [...steps, next]
        now = new Map([...now, ...Object.entries(next.state)])
      }
      show(steps)
    })

  useEffect(() => {
    if (!page.data.isLive) return
    const place = asked.current
    asked.current = null
    const picks = place?.model === modelOf(page)?.name ? (place?.picks ?? null) : null
    if (run !== undefined && picks === null) return
    doing(async () => {
      const steps = await ask<readonly PageStep[]>({ ask: 'run', model, picks: picks ?? [0] })
      show(steps, Math.min(place?.step ?? 0, steps.length - 1))
    })
  }, [model])

  return {
    isBusy,
    complaint,
    take,
    find: (condition, isFromHere) =>
      doing(async () => {
        const from = isFromHere && state !== undefined ? plain(state) : null
        const found = await ask<readonly PageStep[]>({ ask: 'find', model, state: from, condition })
        show(from === null ? found : [...(run?.steps.slice(0, step + 1) ?? []), ...found.slice(1)])
      }),
    check: () =>
      doing(async () => dispatch({ kind: 'checked', model, found: await ask<PageModel>({ ask: 'check', model }) })),
    start: (pick) => doing(async () => show(await ask<readonly PageStep[]>({ ask: 'run', model, picks: [pick] }))),
    before: (then) =>
      doing(async () => {
        if (state !== undefined) then(await ask<Before>({ ask: 'before', model, state: plain(state) }))
      }),
    reach: (to) => doing(async () => show(await ask<readonly PageStep[]>({ ask: 'reach', model, state: to }))),
    pressed: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target) || !/^[1-9]$/.test(event.key))
        return false
      const pick = Number(event.key) - 1
      if (run?.steps[step]?.view?.enabled[pick] === undefined) return false
      take([pick])
      return true
    },
  }
}
