/**
 * Rubik's cube of 2 x 2 x 2, one corner of which stays where it is: three faces turn, by a quarter, a half or three quarters.
 * Published: 3,674,160 positions, and the farthest are 11 turns away, 2,644 of them. Corners and their twists are named after Kociemba.
 */

import { action, each, model, range, reachable, set, state } from 'modelcheck'

/** Where each place gets its corner from, and by how many thirds that is twisted. */
interface Turn {
  readonly from: readonly number[]
  readonly twist: readonly number[]
}

// URF, UFL, ULB, UBR, DFR, DLF, DRB.
const faces: { readonly [face: string]: Turn } = {
  U: { from: [3, 0, 1, 2, 4, 5, 6], twist: [0, 0, 0, 0, 0, 0, 0] },
  R: { from: [4, 1, 2, 0, 6, 5, 3], twist: [2, 0, 0, 1, 1, 0, 2] },
  F: { from: [1, 5, 2, 3, 0, 4, 6], twist: [1, 2, 0, 0, 2, 1, 0] },
}

const twice = (one: Turn, other: Turn): Turn => ({
  from: other.from.map((f) => one.from[f] ?? f),
  twist: other.from.map((f, i) => ((one.twist[f] ?? 0) + (other.twist[i] ?? 0)) % 3),
})

export const pocketCube = model('pocket-cube', () => {
  const { corner, twist } = state({
    corner: each(7, range(0, 6)).starts([0, 1, 2, 3, 4, 5, 6]),
    twist: each(7, range(0, 2)).starts(0),
  })
  const turn = (name: string, by: Turn) =>
    action(name, {}, () => ({
      then: [
        set(twist, by.from.map((f, i) => twist.at(f).plus(by.twist[i] ?? 0).mod(3))),
        set(corner, by.from.map((f) => corner.at(f))),
      ],
    }))
  return {
    actions: Object.entries(faces).flatMap(([name, quarter]) => [
      turn(name, quarter),
      turn(`${name}2`, twice(quarter, quarter)),
      turn(`${name}'`, twice(twice(quarter, quarter), quarter)),
    ]),
    properties: { 'two corners have changed places': reachable(corner.is([1, 0, 2, 3, 4, 5, 6])) },
  }
})
