/**
 * Ports with up to eight million states: run by `npm run test:large`.
 */

import { adding } from './beem-adding.ts'
import { bakery } from './beem-bakery.ts'
import { fischer } from './beem-fischer.ts'
import { hanoi } from './beem-hanoi.ts'
import { fastMutex } from './beem-lamport.ts'
import { loyd } from './beem-loyd.ts'
import { mcs } from './beem-mcs.ts'
import { petersonN } from './beem-peterson.ts'
import { pocketCube } from './pocket-cube.ts'
import { describePorts, type Row } from './published.ts'
import { lamportBakery } from './tla-bakery.ts'
import { lamportMutex } from './tla-lamport-mutex.ts'

const safety = ['mutual exclusion', 'deadlock']

const rows: readonly Row[] = [
  { builder: petersonN, set: { mistake: 'one level down' }, counts: [124_704, 399_139, 52], steps: { 'mutual exclusion': 22 } },
  { builder: petersonN, set: { mistake: 'positions' }, counts: [170_156, 538_510, 47], steps: { 'mutual exclusion': 16 } },
  { builder: loyd, set: { columns: 3, rows: 3 }, counts: [362_880, 967_682, 61], steps: { reversed: 29 } },
  { builder: hanoi, set: { discs: 12 }, counts: [531_441, 1_594_321, 4096], steps: { 'all but one are there': 2047 } },
  { builder: mcs, set: { processes: 4 }, counts: [571_459, 2_077_385, 70] },
  { builder: lamportMutex, counts: [922_956, 2_729_079, null], inside: 724_274 },
  { builder: lamportBakery, counts: [655_200, 3_403_584, 1] },
  { builder: fastMutex, set: { processes: 4 }, counts: [1_066_800, 3_630_665, 77] },
  { builder: petersonN, set: { processes: 4 }, counts: [1_119_560, 3_864_897, 104] },
  { builder: fischer, set: { processes: 7 }, counts: [1_272_254, 4_609_672, 30] },
  { builder: adding, set: { bound: 300, goal: 637 }, counts: [1_894_376, 2_921_635, 64], steps: { goal: 36, deadlock: 27 } },
  // Nine turns of each position, and the one it starts from.
  { builder: pocketCube, counts: [3_674_160, 9 * 3_674_160 + 1, 12] },
  { builder: bakery, set: { processes: 4, limit: 7 }, counts: [7_866_401, 27_018_305, 290], steps: { deadlock: 87 }, properties: safety },
]

describePorts('a large port has the size and the verdicts of its original', rows)
