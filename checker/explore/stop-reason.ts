/**
 * Why a search, or the work after it, ends before all is known.
 */

export type StopReason =
  | 'state limit'
  | 'depth limit'
  | 'time limit'
  | 'memory limit'
  | 'interrupted'
  | 'first violation'
