/**
 * How many processors this process may use. Node counts those that it may run on; a container is mostly given all of its machine's, and a
 * quota of their time, in its control group. Threads beyond the quota are stopped together, and each level waits for the last of them.
 *
 * Source: Documentation/admin-guide/cgroup-v2.rst (cpu.max) and scheduler/sched-bwc.rst (cpu.cfs_quota_us) of the Linux kernel.
 */

import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { textOf } from './system-file.ts'

let known: number | undefined

export function processors(): number {
  known ??= Math.min(availableParallelism(), Math.max(1, Math.ceil(quota())))
  return known
}

/**
 * Processors' worth of time that the control groups of this process allow, the least of all that contain it; infinite where none does.
 * `root`: where the system's files lie, for tests.
 */
export function quota(root = '/'): number {
  const groups = textOf(join(root, 'proc/self/cgroup')).trim().split('\n')
  return Math.min(Number.POSITIVE_INFINITY, ...groups.map((line) => quotaOfGroup(root, line)))
}

/** `line`: number, controllers and path, with colons between them; version 2 names no controllers. */
function quotaOfGroup(root: string, line: string): number {
  const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
  if (controllers === undefined || path === undefined) return Number.POSITIVE_INFINITY
  if (controllers === '') return least(path, (group) => ratioOf(textOf(join(root, 'sys/fs/cgroup', group, 'cpu.max'))))
  if (!controllers.split(',').includes('cpu')) return Number.POSITIVE_INFINITY
  return least(path, (group) => {
    const at = (file: string): string => textOf(join(root, 'sys/fs/cgroup/cpu', group, file))
    return ratioOf(`${at('cpu.cfs_quota_us')} ${at('cpu.cfs_period_us')}`)
  })
}

/** The least for a group and all that contain it. */
function least(path: string, of: (group: string) => number): number {
  const above = dirname(path)
  return above === path ? of(path) : Math.min(of(path), least(above, of))
}

/** From microseconds of processor time and of a period; the first is `max` or -1 where there is no limit. */
function ratioOf(text: string): number {
  const [time, period] = text.trim().split(/\s+/).map(Number)
  return time !== undefined && period !== undefined && time > 0 && period > 0 ? time / period : Number.POSITIVE_INFINITY
}
