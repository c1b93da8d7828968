/**
 * The page: header, the four views, and what ties them to the keyboard and to the address.
 */

import type { JSX } from 'preact'
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks'
import type { PageData } from '../page-data.ts'
import { Coverage } from './coverage.tsx'
import { CheckButton, Explore } from './explore.tsx'
import { Help } from './help.tsx'
import { pressed } from './keys.ts'
import { type Change, changed, changeOf, modelOf, type PageState, placeOf, runOf, startState } from './page-state.ts'
import { formatPlace, isSameView, type Place, parsePlace, tabs } from './permalink.ts'
import { RunView, useTold } from './run-view.tsx'
import { Space } from './space.tsx'
import { useTheme } from './theme.ts'
import { useExplorer } from './use-explorer.ts'
import { useFocus } from './use-focus.ts'
import { Verdicts } from './verdicts.tsx'

function openedAt(data: PageData): PageState {
  const [start, place] = [startState(data), parsePlace(location.hash)]
  return place === null ? start : changed(start, { kind: 'place', place })
}

const isTaken = ({ tab, picks }: Place): boolean => tab === 'run' && picks !== null
const isUnknown = (state: PageState, place: Place): boolean => changeOf(state.data, place) === null

/** Effects follow the drawing at once: a key or a reload must never meet an older state. */
export function App({ data }: { readonly data: PageData }): JSX.Element {
  const [state, dispatch] = useReducer(changed, data, openedAt)
  const { switchTheme } = useTheme()
  const searchBox = useRef<HTMLInputElement>(null)
  const main = useFocus(state.tab)
  const model = modelOf(state)
  const run = runOf(state)
  const told = useTold(model, run, state.query)
  const explorer = useExplorer(state, told.states[state.step], dispatch)

  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      const focusSearch = (): void => searchBox.current?.focus()
      const isWay = data.isLive && state.tab === 'run' && explorer.pressed(event)
      if (isWay || pressed(event, { state, matches: told.matches, dispatch, focusSearch, switchTheme })) {
        event.preventDefault()
      }
    }
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  })
  useLayoutEffect(() => {
    if (run === undefined && data.isLive) return
    const [before, now] = [parsePlace(location.hash), placeOf(state)]
    // The run that the address names is still on its way from the server.
    if (before !== null && isTaken(before) && !isTaken(now) && explorer.complaint === null && isUnknown(state, before))
      return
    // The browser's way back leads from view to view, not from step to step.
    if (before === null || isSameView(before, now)) history.replaceState(null, '', formatPlace(now))
    else history.pushState(null, '', formatPlace(now))
  }, [state])
  useLayoutEffect(() => {
    const listener = (): void => {
      const place = parsePlace(location.hash)
      if (place !== null && !isUnknown(state, place)) dispatch({ kind: 'place', place })
      // It names nothing here: the address goes on to say what is shown.
      else history.replaceState(null, '', formatPlace(placeOf(state)))
    }
    addEventListener('hashchange', listener)
    return () => removeEventListener('hashchange', listener)
  }, [data, state])

  return (
    <>
      <Header state={state} dispatch={dispatch} switchTheme={switchTheme} />
      <main id="main" ref={main} tabIndex={-1}>
        {state.tab === 'verdicts' ? (
          <Verdicts
            state={state}
            dispatch={dispatch}
            check={data.isLive ? <CheckButton explorer={explorer} model={model?.name ?? ''} /> : null}
          />
        ) : null}
        {state.tab === 'run' && model !== undefined && run !== undefined ? (
          <RunView
            {...{ state, model, run, told, dispatch, searchBox }}
            live={
              data.isLive ? (
                <Explore
                  {...{ explorer, model, run }}
                  step={state.step}
                  state={told.states[state.step]}
                  modelIndex={state.model}
                  onStep={(step) => dispatch({ kind: 'step', step })}
                />
              ) : null
            }
          />
        ) : null}
        {state.tab === 'run' && run === undefined ? (
          <p class="hint">{model?.name} has no run to show: nothing was violated or reached.</p>
        ) : null}
        {state.tab === 'coverage' && model !== undefined ? <Coverage model={model} /> : null}
        {state.tab === 'space' && model !== undefined ? <Space model={model} /> : null}
      </main>
      <Help isOpen={state.isHelpOpen} isLive={data.isLive} onClose={() => dispatch({ kind: 'help', isOpen: false })} />
    </>
  )
}

interface HeaderShown {
  readonly state: PageState
  readonly dispatch: (change: Change) => void
  readonly switchTheme: () => void
}

function Header({ state, dispatch, switchTheme }: HeaderShown): JSX.Element {
  const { data } = state
  const constants = Object.entries(modelOf(state)?.constants ?? {}).map(([name, value]) => `${name}=${value}`)
  return (
    <header class="top">
      <div class="brand">
        <Logo />
        <span class="spec" title={`modelcheck ${data.version}`}>
          {data.spec}
        </span>
      </div>
      <nav aria-label="Views">
        {tabs.map(({ tab, title }) => (
          <button
            type="button"
            key={tab}
            aria-current={state.tab === tab ? 'page' : undefined}
            onClick={() => dispatch({ kind: 'tab', tab })}
          >
            {title}
          </button>
        ))}
      </nav>
      <div class="right">
        <select
          aria-label="Model"
          value={String(state.model)}
          onChange={(event) => dispatch({ kind: 'model', model: Number(event.currentTarget.value) })}
        >
          {data.models.map((model, i) => (
            <option key={model.name} value={String(i)}>
              {model.name}
            </option>
          ))}
        </select>
        {constants.length === 0 ? null : (
          <span class="constants" title={constants.join(' ')}>
            {constants.join(' ')}
          </span>
        )}
        <button type="button" class="icon" onClick={switchTheme} aria-label="Light or dark" title="Light or dark (t)">
          ◐
        </button>
        <button
          type="button"
          class="icon"
          onClick={() => dispatch({ kind: 'help', isOpen: true })}
          aria-label="Keyboard help"
          title="Keyboard (?)"
        >
          ?
        </button>
      </div>
    </header>
  )
}

/** Two lanes and a switch between them. */
function Logo(): JSX.Element {
  return (
    <svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M2 7h8c4 0 2 10 6 10h6" />
      <path class="faint" d="M2 17h7M15 7h7" />
      <circle cx="22" cy="17" r="2" />
    </svg>
  )
}
