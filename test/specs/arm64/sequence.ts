/**
 * A sequence as it is written down, and as a model takes it, in one notation: `code@mask` for every step.
 */

import type { Mode } from '../../../specs/lib/arm64/pstate.ts'
import type { State } from '../../../src/model/trace.ts'
import { showValue } from '../../../src/model/values.ts'
import type { Taken } from './single-path.ts'
import { codeOf } from './step-codes.ts'

const switchMask = { 'no-pNMI': '..IF', pNMI: '..../OFF' }

/** The mask is repeated where the sequence leaves it out. */
export function expectedSteps({ steps, mode }: { readonly steps: string; readonly mode: Mode }): readonly string[] {
  let mask = ''
  return steps.split(' ').map((step) => {
    const [code = '', changed] = step.split('@')
    const written = /^PMR:=(.*)$/.exec(code)?.[1]
    mask = changed ?? (written === undefined ? mask : `${mask.slice(0, 4)}/${written}`)
    return `${code.replace('=ok', `(${switchMask[mode]})`).replace('=bad', `(${mask})`)}@${mask}`
  })
}

/** Steps in a row that share a code count as one. */
export function codedSteps(steps: readonly Taken[], mode: Mode): readonly string[] {
  const maskOf = (state: State): string =>
    `${showValue(state['daif'] ?? '')}${mode === 'pNMI' ? `/${state['pmr']}` : ''}`
  const coded = steps.map(({ path, label, state }, i) => {
    const code = i === 0 ? 'VEC' : codeOf(path, label)
    return { code: code === 'PRE' ? `PRE(${maskOf(state)})` : code, mask: maskOf(state) }
  })
  return coded.filter(({ code }, i) => code !== coded[i + 1]?.code).map(({ code, mask }) => `${code}@${mask}`)
}
