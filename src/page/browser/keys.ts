/**
 * The keyboard: one table, which the help shows too.
 */

import { goToMatch } from './find-steps.ts'
import type { Change, PageState } from './page-state.ts'
import { tabs } from './permalink.ts'

export interface KeyContext {
  readonly state: PageState
  readonly matches: readonly number[] | null
  readonly dispatch: (change: Change) => void
  readonly focusSearch: () => void
  readonly switchTheme: () => void
}

interface Key {
  readonly keys: readonly string[]
  readonly shown: string
  readonly does: string
  readonly act: (context: KeyContext) => void
}

const step =
  (by: number) =>
  ({ dispatch }: KeyContext): void =>
    dispatch({ kind: 'move', by })

const match =
  (direction: 1 | -1) =>
  (context: KeyContext): void =>
    goToMatch(context, direction)

const other =
  (kind: 'other run' | 'other model', by: number) =>
  ({ dispatch }: KeyContext): void =>
    dispatch({ kind, by })

const zoom =
  (to: 'wider' | 'narrower') =>
  ({ dispatch }: KeyContext): void =>
    dispatch({ kind: 'zoom', to })

export const keyTable: readonly Key[] = [
  { keys: ['ArrowRight', 'ArrowDown', 'j'], shown: '→ j', does: 'next step, around the loop', act: step(1) },
  { keys: ['ArrowLeft', 'ArrowUp', 'k'], shown: '← k', does: 'step before', act: step(-1) },
  { keys: ['PageDown', 'J'], shown: 'J', does: 'ten steps on', act: step(10) },
  { keys: ['PageUp', 'K'], shown: 'K', does: 'ten steps back', act: step(-10) },
  {
    keys: ['Home', 'g'],
    shown: 'g',
    does: 'initial state',
    act: ({ dispatch }) => dispatch({ kind: 'step', step: 0 }),
  },
  {
    keys: ['End', 'G'],
    shown: 'G',
    does: 'last step',
    act: ({ dispatch }) => dispatch({ kind: 'last step' }),
  },
  { keys: ['/'], shown: '/', does: 'filter the steps', act: ({ focusSearch }) => focusSearch() },
  { keys: ['n'], shown: 'n', does: 'next match', act: match(1) },
  { keys: ['N'], shown: 'N', does: 'match before', act: match(-1) },
  { keys: [']'], shown: ']', does: 'next run', act: other('other run', 1) },
  { keys: ['['], shown: '[', does: 'run before', act: other('other run', -1) },
  { keys: ['m'], shown: 'm', does: 'next model', act: other('other model', 1) },
  { keys: ['M'], shown: 'M', does: 'model before', act: other('other model', -1) },
  {
    keys: ['f'],
    shown: 'f',
    does: 'all variables, or those written so far',
    act: ({ dispatch }) => dispatch({ kind: 'full' }),
  },
  { keys: ['+', '='], shown: '+', does: 'wider columns', act: zoom('wider') },
  { keys: ['-'], shown: '−', does: 'narrower columns', act: zoom('narrower') },
  {
    keys: ['0'],
    shown: '0',
    does: 'fit the run into the window',
    act: ({ dispatch }) => dispatch({ kind: 'fit' }),
  },
  ...tabs.map(
    ({ tab, title, key }): Key => ({
      keys: [key],
      shown: key,
      does: title.toLowerCase(),
      act: ({ dispatch }) => dispatch({ kind: 'tab', tab }),
    }),
  ),
  { keys: ['t'], shown: 't', does: 'light or dark', act: ({ switchTheme }) => switchTheme() },
  {
    keys: ['?'],
    shown: '?',
    does: 'this help',
    act: ({ state, dispatch }) => dispatch({ kind: 'help', isOpen: !state.isHelpOpen }),
  },
]

/** True when the key was one of ours. Keys in fields belong to the fields. */
export function pressed(event: KeyboardEvent, context: KeyContext): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return false
  const key = keyTable.find((one) => one.keys.includes(event.key))
  if (key === undefined) return false
  key.act(context)
  return true
}

export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, select, textarea')
}
