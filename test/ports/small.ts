/**
 * Models of others, written anew at the same granularity, in sizes that take seconds together: the published numbers of states.
 */

import { german } from '../../specs/german.ts'
import { tokenRing } from '../../specs/token-ring.ts'
import { adding } from './beem-adding.ts'
import { anderson } from './beem-anderson.ts'
import { bakery } from './beem-bakery.ts'
import { fischer } from './beem-fischer.ts'
import { frogs } from './beem-frogs.ts'
import { hanoi } from './beem-hanoi.ts'
import { fastMutex } from './beem-lamport.ts'
import { loyd } from './beem-loyd.ts'
import { mcs } from './beem-mcs.ts'
import { petersonN } from './beem-peterson.ts'
import { philosophers } from './beem-phils.ts'
import { qrwlock } from './kernel-qrwlock.ts'
import { ticketLock } from './kernel-ticketlock.ts'
import type { Row } from './published.ts'
import { allocator } from './tla-allocator.ts'
import { alternatingBit } from './tla-alternating-bit.ts'
import { changRoberts } from './tla-chang-roberts.ts'
import { coffeeCan } from './tla-coffee-can.ts'
import { dijkstraMutex } from './tla-dijkstra.ts'
import { elevator } from './tla-elevator.ts'
import { river } from './tla-missionaries.ts'
import { petersonTla } from './tla-peterson.ts'
import { hygienicPhilosophers } from './tla-philosophers.ts'
import { prisoners } from './tla-prisoners.ts'
import { queuedReadersWriters } from './tla-readers-writers.ts'
import { simple } from './tla-simple.ts'
import { barrier, smokers } from './tla-small.ts'
import { voting } from './tla-voting.ts'

export const smallPorts: readonly Row[] = [
  { builder: petersonN, counts: [12_498, 33_370, 54] },
  { builder: anderson, counts: [1459, 3706, 46] },
  { builder: anderson, set: { processes: 4 }, counts: [29_641, 97_517, 81] },
  { builder: bakery, counts: [1506, 2698, 101], steps: { deadlock: 87 } },
  { builder: bakery, set: { limit: 6, mistake: 'larger tickets first' }, counts: [1146, 2086, 71], steps: { 'mutual exclusion': 18, deadlock: 57 } },
  { builder: bakery, set: { processes: 3, limit: 4 }, counts: [32_919, 85_062, 117], steps: { deadlock: 40 } },
  { builder: fastMutex, counts: [29_242, 77_287, 57] },
  { builder: fastMutex, set: { mistake: 'compares x and y' }, counts: [38_067, 102_748, 71], steps: { 'mutual exclusion': 22, deadlock: 15 } },
  { builder: fischer, counts: [634, 1396, 18] },
  { builder: fischer, set: { processes: 4, k1: 3 }, counts: [21_733, 67_591, 50], steps: { 'mutual exclusion': 14 } },
  { builder: mcs, counts: [7963, 21_504, 49] },
  { builder: philosophers, counts: [80, 213, 10], steps: { deadlock: 4 } },
  { builder: philosophers, set: { seats: 5, cure: 'room' }, counts: [581, 2351, 13] },
  { builder: philosophers, set: { seats: 6, cure: 'left-handed' }, counts: [729, 2917, 17] },
  { builder: adding, counts: [7372, 11_145, 31], steps: { goal: 15, deadlock: 15 } },
  { builder: hanoi, counts: [6561, 19_681, 256], steps: { 'all but one are there': 127 } },
  { builder: loyd, counts: [720, 1682, 38], steps: { reversed: 16 } },
  { builder: frogs, counts: [5094, 5302, 82], steps: { 'sides changed': 81, deadlock: 8 } },
  { builder: frogs, set: { columns: 5, rows: 3 }, counts: [18_207, 33_210, 24], steps: { 'sides changed': 23, deadlock: 5 } },
  { builder: hygienicPhilosophers, counts: [67, 336, 29], properties: ['neighbours do not eat together', 'deadlock'] },
  { builder: queuedReadersWriters, counts: [21_527, 59_674, 13] },
  { builder: changRoberts, counts: [137, 227, 10] },
  { builder: prisoners, counts: [214, 860, 14], properties: ['the counter is right', 'deadlock'] },
  // TLC: 1,842 generated, with a step that changes nothing in each of the 31 final states.
  { builder: simple, counts: [723, 1842 - 31, 11] },
  // TLC: 283 generated, a state for each of two ways to be safe.
  { builder: river, counts: [64, 253, 13], steps: { 'somebody stays east': 11 } },
  { builder: allocator, counts: [400, 1633, 6], properties: ['no resource is held twice', 'deadlock'] },
  { builder: alternatingBit, counts: [428, 1392, 11], inside: 240, properties: ['states with short queues', 'deadlock'] },
  { builder: petersonTla, counts: [42, 77, 11], properties: ['mutual exclusion', 'deadlock'] },
  { builder: dijkstraMutex, counts: [660, 1322, 29], properties: ['mutual exclusion', 'deadlock'] },
  { builder: dijkstraMutex, set: { processes: 3 }, counts: [90_882, 282_810, 54], properties: ['mutual exclusion', 'deadlock'] },
  { builder: ticketLock, set: { processes: 2 }, counts: [164, 297, null], properties: ['mutual exclusion', 'deadlock'] },
  { builder: ticketLock, set: { processes: 3 }, counts: [924, 2293, null], properties: ['mutual exclusion', 'deadlock'] },
  { builder: ticketLock, counts: [5316, 16_081, 46], properties: ['mutual exclusion', 'LockAll | WF', 'deadlock'] },
  { builder: qrwlock, counts: [3570, 12_125, 21] },
  { builder: qrwlock, set: { readers: 1, writers: 1 }, counts: [83, 152, 15] },
  { builder: qrwlock, set: { writers: 1 }, counts: [688, 1844, 19] },
  // TLC: 3,124 generated, a state for each quorum that shows a value to be safe.
  { builder: voting, counts: [599, 2080, 11] },
  { builder: elevator, counts: [4122, 14_296, 36], properties: ['buttons are pressed by those inside', 'calls are made by those who wait', 'deadlock'] },
  { builder: coffeeCan, counts: [5150, 20_002, 1] },
  { builder: smokers, counts: [6, 15, 2] },
  { builder: barrier, counts: [64, 194, 7] },
  // Rumur: with its symmetry 3,291 and 9,680 rules fired.
  { builder: german, set: { nodes: 2 }, counts: [6582, 19_362, 31] },
  // TLA+ examples, ewd426: every state is initial.
  { builder: tokenRing, set: { processes: 6, values: 6 }, counts: [46_656, 248_832, 1] },
]
