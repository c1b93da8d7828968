/**
 * The models, at the same granularity in every language: `peers/` has their sources. What has none there is printed for Spin from
 * our own model.
 */

import type { BenchModel } from './tool.ts'

/** A spec in any size. */
const ofSize =
  (name: string, constant: string, ...options: readonly string[]) =>
  (size: number, without: BenchModel['without'] = {}): BenchModel => ({ name, constant, size, options, without })

const filterLock = ofSize('filter-lock', 'processes', '--model', 'filter-lock', '--property', 'mutual exclusion')
const twoPhaseCommit = ofSize('two-phase-commit', 'managers', '--model', 'two-phase-commit', '--property', 'consistent')
const ewd840 = ofSize('ewd840', 'nodes', '--property', 'what is detected is true')
const paxos = ofSize('paxos', 'ballots', '--property', 'at most one value is chosen')
const ticketLock = ofSize('ticket-lock', 'processes', '--model', 'ticket-lock', '--property', 'mutual exclusion')
const qrcu = ofSize('qrcu', 'readers', '--model', 'qrcu', '--property', 'no reader loses its data')

/** No source of a peer: printed. */
const readersWriters = ofSize('readers-writers', 'readers', '--model', 'readers-writers', '--property', 'one writer*')

/** The kernel's entry code, the largest model of the merged one; a property that holds, so that nobody stops early. */
const arm64Entry = ofSize('arm64-entry', 'depth', '--model', 'merged-pnmi-no-gate', '--property', 'RET-1*')

/** The largest model of the spec of all designs. */
const arm64Designs = ofSize('arm64-designs', 'depth', '--model', 'b', '--property', 'RET-1*')

const long = 'a run takes about a minute or more'
const slow = { Rumur: long, TLC: long }

/** Sizes for figures: a run of all tools takes seconds. */
export const models: readonly BenchModel[] = [
  filterLock(4),
  filterLock(5),
  twoPhaseCommit(7),
  twoPhaseCommit(8),
  ewd840(8),
  paxos(3),
  paxos(4, slow),
  ticketLock(5),
  ticketLock(6),
  qrcu(2),
  qrcu(3, slow),
  arm64Entry(1),
]

/** Sizes of which a run of all tools takes a minute and more. */
export const largeModels: readonly BenchModel[] = [twoPhaseCommit(9, slow), arm64Designs(2)]

/** Sizes that show in seconds that the bench works. */
export const smallModels: readonly BenchModel[] = [
  filterLock(3),
  twoPhaseCommit(3),
  ewd840(3),
  paxos(2),
  ticketLock(3),
  qrcu(1),
  readersWriters(2),
]
