/**
 * Code that chooses a stubborn set of instances in a state: the smallest that is closed under what each member asks for.
 *
 * An enabled member asks for all instances that it interferes with, and, if it can be seen, for all that can be seen. A disabled
 * one asks for those that may make the first conjunct true that is false. Sets of instances are bit masks.
 *
 * Source: Valmari 1998, doi:10.1007/3-540-65306-6_21.
 */

import { scopeOf } from '../../src/model/domain-of.ts'
import { indent } from './block.ts'
import { scalar } from './emit-expr.ts'
import { functionText, type Interference, type KernelInput, readerOf, scalarBits } from './kernel-input.ts'

/** `choose` and `chosen`: see `Kernel`. */
export function emitStubborn(input: KernelInput, interference: Interference): string {
  const { maskWords, rows, interfering, visible } = interference
  return `const rows = Int32Array.of(${rows.flatMap((row) => [...row]).join(', ')})
const interfering = Int32Array.of(${interfering.join(', ')})
const enabled = new Int32Array(${maskWords}), member = new Int32Array(${maskWords}), fresh = new Int32Array(${maskWords}), chosen = new Int32Array(${maskWords})
const pending = new Int32Array(${maskWords * 32})
let top = 0
function demand(row) {
  for (let w = 0; w < ${maskWords}; w++) {
    let more = rows[row * ${maskWords} + w] & ~member[w]
    member[w] |= more
    for (; more !== 0; more &= more - 1) pending[top++] = w * 32 + 31 - Math.clz32(more & -more)
  }
}

${emitBlocked(input, interference)}

// Enabled instances in the least closed set with this one; \`most\` if there are so many.
function close(states, base, seed, most) {
  member.fill(0)
  member[seed >>> 5] = 1 << (seed & 31)
  pending[0] = seed
  top = 1
  let size = 0
  while (top > 0) {
    const i = pending[--top]
    if ((enabled[i >>> 5] >>> (i & 31) & 1) !== 0) {
      if (++size === most) return most
      demand(interfering[i])
      if ((rows[${visible * maskWords} + (i >>> 5)] >>> (i & 31) & 1) !== 0) demand(${visible})
    } else {
      const row = blocked(i, states, base)
      demand(row === -1 ? interfering[i] : row)
    }
  }
  return size
}

function isFresh() {
  for (let w = 0; w < ${maskWords}; w++) if ((member[w] & fresh[w]) !== 0) return true
  return false
}

function choose(states, base, tags, from, to) {
  enabled.fill(0)
  for (let k = from; k < to; k++) enabled[tags[k] >>> 5] |= 1 << (tags[k] & 31)
  let count = 0
  for (let w = 0; w < ${maskWords}; w++) count += bitCount(enabled[w])
  let least = count
  for (let w = 0; w < ${maskWords} && least > 1; w++) {
    for (let rest = enabled[w]; rest !== 0 && least > 1; rest &= rest - 1) {
      const size = close(states, base, w * 32 + 31 - Math.clz32(rest & -rest), least)
      if (size === least || !isFresh()) continue
      least = size
      chosen.set(member)
    }
  }
  return least < count
}`
}

/** The row of what may enable a disabled instance, or -1 when its guard holds and only its effect has no outcome. */
function emitBlocked(input: KernelInput, { guards }: Interference): string {
  const reader = { ...readerOf(input), scope: scopeOf(input.model) }
  const cases = guards.flatMap((conjuncts, i) => [
    `case ${i}:`,
    ...indent([
      ...conjuncts.map(({ e, row, counter }) => {
        const found = counter === null ? String(row) : `${row} + (${scalarBits(counter, reader)})`
        return `if (!${scalar(e, reader)}) return ${found}`
      }),
      'return -1',
    ]),
  ])
  return functionText('blocked', 'i, states, base', ['switch (i) {', ...indent(cases), '}'])
}
