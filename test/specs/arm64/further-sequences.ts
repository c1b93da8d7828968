/**
 * Sequences that follow from those of other designs, and what happens when an interrupt is gone by the time that it is
 * acknowledged.
 */

import { type DesignLetter, el1Sequences, type Sequence } from './el1-sequences.ts'

/** Designs that differ in a gate only: a path on which nobody wants the CPU is the same. */
const sameSteps: { readonly [letter in DesignLetter]?: readonly DesignLetter[] } = { c1: ['c2'], b: ['c3'] }

/** e5 takes the steps of d, but for the check: it comes after the mask. */
export const checksLate = (steps: string): string => {
  if (!steps.includes('TFSRout')) return steps
  return steps.replace(' TFSRout', '').replace(/MASK(@\S+)?/, '$& TFSRout')
}

/** e3 takes the steps of c4, but an abort opens all but interrupts before its bookkeeping. */
const inheritsEarly = ({ exception, steps }: Sequence): string => {
  const inherited = / INH@(\S+)/.exec(steps)?.[1]
  if (!exception.startsWith('abort') || inherited === undefined) return steps
  // Open for what is not a regular interrupt: `..IF`, or PMR OFF.
  const butIrqs = { '....': '..IF', '..../ON': '..../OFF' }[inherited] ?? inherited
  const changes = butIrqs !== inherited
  return steps
    .replace(' BKin', ` NOIRQ@${butIrqs} BKin`)
    .replace(` INH@${inherited}`, changes ? ` INH@${inherited}` : ' INH')
}

export const derivedSequences: readonly Sequence[] = el1Sequences.flatMap((sequence): readonly Sequence[] => {
  const { designs, steps } = sequence
  const alike = designs.flatMap((letter) => sameSteps[letter] ?? [])
  return [
    ...(alike.length === 0 ? [] : [{ ...sequence, designs: alike }]),
    ...(designs.includes('d') ? [{ ...sequence, designs: ['e5'] as const, steps: checksLate(steps) }] : []),
    ...(designs.includes('c4') ? [{ ...sequence, designs: ['e3'] as const, steps: inheritsEarly(sequence) }] : []),
  ]
})

/** The rest of the exception runs with the masks that it has after an interrupt that was handled. */
export const specialSequences: readonly Sequence[] = [
  {
    name: 'special INTID',
    exception: 'irq, withdrawn',
    mode: 'no-pNMI',
    designs: ['a', 'c1'],
    steps: 'VEC@DAIF RAW@..IF BKin TFSRin HI+ IAR SPECIAL HI- PRE=ok TFSRout BKout X1@DAIF ERET@....',
  },
  {
    name: 'special INTID',
    exception: 'irq, withdrawn',
    mode: 'pNMI',
    designs: ['c4'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR RAW@..IF/PSR BKin TFSRin HI+ IAR UNM@..../OFF SPECIAL HI- IRQdis PRE=ok MASK@DAIF/PSR TFSRout BKout X1 X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'special INTID',
    exception: 'pNMI, interrupts off, withdrawn',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1', 'c4'],
    steps:
      'VEC@DAIF/OFF KE@DAIF/PSR RAW@..IF/PSR NMIin PMR:=OFF IAR PMR:=PSR SPECIAL NMIout X1@DAIF/PSR X2@DAIF/OFF ERET@..../OFF',
  },
  {
    // A regular interrupt is pending too, and must not be taken in its place.
    name: 'special INTID',
    exception: 'pNMI, interrupts off, withdrawn, an interrupt pends',
    mode: 'pNMI',
    designs: ['c5', 'd', 'e5'],
    steps:
      'VEC@DAIF/OFF KE@DAIF/PSR RAW@..IF/PSR NMIin PMR:=OFF IAR PMR:=PSR SPECIAL MASK@DAIF/PSR NMIout X2@DAIF/OFF ERET@..../OFF',
  },
]
