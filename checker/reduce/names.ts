/**
 * The reductions by name, apart from what they do, which the command line need not load.
 */

export const reductionNames = ['dead-variables', 'local-steps', 'partial-order', 'symmetry'] as const

export type Reduction = (typeof reductionNames)[number]
