/**
 * What each exception from EL0 does in each design, step by step, written as in el1-sequences.ts. `LOOP` is a reading of the thread
 * flags: the first finds nothing to do, unless the exception is `resched` or `other work`, of which one turn of the loop is
 * listed. `schedule` returns with interrupts on.
 */

import type { DesignLetter, Sequence } from './el1-sequences.ts'

/** Before generic entry, the exit to EL0 changed once. */
export type El0Design = DesignLetter | 'a-v5.19'

export type El0Sequence = Omit<Sequence, 'designs'> & { readonly designs: readonly El0Design[] }

export const el0Sequences: readonly El0Sequence[] = [
  {
    name: 'A14',
    exception: 'irq',
    mode: 'no-pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5'],
    steps: 'VEC@DAIF USRin RAW@..IF HI+ IAR EOI H HI- IRQdis LOOP MASK@DAIF TFSRout USRout ERET@....',
  },
  {
    name: 'A14',
    exception: 'irq',
    mode: 'no-pNMI',
    designs: ['d'],
    steps: 'VEC@DAIF RAW@..IF USRin HI+ IAR EOI H HI- LOOP TFSRout USRout MASK@DAIF ERET@....',
  },
  {
    name: 'A15',
    exception: 'irq',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR USRin RAW@..IF/PSR HI+ IAR UNM@..../OFF EOI H HI- IRQdis LOOP MASK@DAIF/PSR TFSRout USRout X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A15',
    exception: 'irq',
    mode: 'pNMI',
    designs: ['d'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR RAW@..IF/PSR USRin HI+ IAR UNM@..../OFF EOI H HI- LOOP TFSRout USRout MASK@DAIF/PSR X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A16',
    exception: 'pNMI',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR USRin RAW@..IF/PSR HI+ IAR NEST+ EOI H NEST- UNM@..../OFF HI- IRQdis LOOP MASK@DAIF/PSR TFSRout USRout X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A17',
    exception: 'svc',
    mode: 'no-pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5'],
    steps: 'VEC@DAIF USRin PROC@.... H IRQdis@..IF LOOP MASK@DAIF TFSRout USRout ERET@....',
  },
  {
    name: 'A17',
    exception: 'abort',
    mode: 'no-pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5'],
    steps: 'VEC@DAIF USRin PROC@.... H IRQdis@..IF LOOP MASK@DAIF TFSRout USRout ERET@....',
  },
  {
    name: 'A17',
    exception: 'svc',
    mode: 'no-pNMI',
    designs: ['d'],
    steps: 'VEC@DAIF NOIRQ@..IF USRin IRQen@.... H IRQdis@..IF LOOP TFSRout USRout MASK@DAIF ERET@....',
  },
  {
    name: 'A17',
    exception: 'abort',
    mode: 'no-pNMI',
    designs: ['d'],
    steps: 'VEC@DAIF NOIRQ@..IF USRin IRQen@.... H IRQdis@..IF LOOP TFSRout USRout MASK@DAIF ERET@....',
  },
  {
    name: 'A18',
    exception: 'svc',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR USRin PROC@..../ON H IRQdis@..../OFF LOOP MASK@DAIF/PSR TFSRout USRout X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A18',
    exception: 'abort',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR USRin PROC@..../ON H IRQdis@..../OFF LOOP MASK@DAIF/PSR TFSRout USRout X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A18',
    exception: 'svc',
    mode: 'pNMI',
    designs: ['d'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR NOIRQ@..../OFF USRin IRQen@..../ON H IRQdis@..../OFF LOOP TFSRout USRout MASK@DAIF/PSR X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A18',
    exception: 'abort',
    mode: 'pNMI',
    designs: ['d'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR NOIRQ@..../OFF USRin IRQen@..../ON H IRQdis@..../OFF LOOP TFSRout USRout MASK@DAIF/PSR X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A19',
    exception: 'SError',
    mode: 'no-pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5', 'd'],
    steps: 'VEC@DAIF USRin ERR@.AIF NMIin H NMIout PROC@.... IRQdis@..IF LOOP MASK@DAIF TFSRout USRout ERET@....',
  },
  {
    name: 'A20',
    exception: 'SError',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5', 'd'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR USRin ERR@.AIF/PSR NMIin H NMIout PROC@..../ON IRQdis@..../OFF LOOP MASK@DAIF/PSR TFSRout USRout X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A21',
    exception: 'watchpoint',
    mode: 'no-pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5', 'd'],
    steps: 'VEC@DAIF USRin PC+ H PC- PROC@.... IRQdis@..IF LOOP MASK@DAIF TFSRout USRout ERET@....',
  },
  {
    name: 'A22',
    exception: 'watchpoint',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5', 'd'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR USRin PC+ H PC- PROC@..../ON IRQdis@..../OFF LOOP MASK@DAIF/PSR TFSRout USRout X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A23',
    exception: 'resched',
    mode: 'no-pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5'],
    steps: 'LOOP@..IF IRQen@.... schedule IRQdis@..IF LOOP',
  },
  {
    name: 'A23',
    exception: 'other work',
    mode: 'no-pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5'],
    steps: 'LOOP@..IF IRQen@.... H IRQdis@..IF LOOP',
  },
  {
    name: 'A23',
    exception: 'resched',
    mode: 'no-pNMI',
    designs: ['a-v5.19'],
    steps: 'MASK@DAIF LOOP NOIRQ@..IF schedule@.... MASK@DAIF LOOP',
  },
  {
    name: 'A23',
    exception: 'other work',
    mode: 'no-pNMI',
    designs: ['a-v5.19'],
    steps: 'MASK@DAIF LOOP PROC@.... H MASK@DAIF LOOP',
  },
  {
    name: 'A24',
    exception: 'resched',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5'],
    steps: 'LOOP@..../OFF IRQen@..../ON schedule IRQdis@..../OFF LOOP',
  },
  {
    name: 'A24',
    exception: 'other work',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1', 'c4', 'c5'],
    steps: 'LOOP@..../OFF IRQen@..../ON H IRQdis@..../OFF LOOP',
  },
  {
    name: 'A24',
    exception: 'resched',
    mode: 'pNMI',
    designs: ['a-v5.19'],
    steps: 'MASK@DAIF/PSR LOOP NOIRQ@..../OFF schedule@..../ON MASK@DAIF/PSR LOOP',
  },
  {
    name: 'A24',
    exception: 'other work',
    mode: 'pNMI',
    designs: ['a-v5.19'],
    steps: 'MASK@DAIF/PSR LOOP PROC@..../ON H MASK@DAIF/PSR LOOP',
  },
]
