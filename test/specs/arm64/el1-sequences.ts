/**
 * What each exception from EL1 does in each design, step by step: the code of a step, then after `@` DAIF, and PMR with
 * pseudo-NMI, where they change. `PRE=ok` is the point where the task may be preempted with exactly interrupts masked, at
 * `PRE=bad` something else is. Read from the kernel sources that docs/arm64-entry.md lists for each design.
 */

import type { Mode } from '../../../specs/lib/arm64/pstate.ts'

/** As docs/arm64-entry.md names the designs. */
export type DesignLetter = 'a' | 'b' | 'c1' | 'c2' | 'c3' | 'c4' | 'c5' | 'd' | 'e3' | 'e5'

export interface Sequence {
  readonly name: string
  readonly exception: string
  readonly mode: Mode
  readonly designs: readonly DesignLetter[]
  readonly steps: string
}

export const el1Sequences: readonly Sequence[] = [
  {
    name: 'A1',
    exception: 'irq',
    mode: 'no-pNMI',
    designs: ['a', 'c1'],
    steps: 'VEC@DAIF RAW@..IF BKin TFSRin HI+ IAR EOI H HI- PRE=ok TFSRout BKout X1@DAIF ERET@....',
  },
  {
    name: 'A1',
    exception: 'irq',
    mode: 'no-pNMI',
    designs: ['b'],
    steps: 'VEC@DAIF RAW@..IF BKin TFSRin HI+ IAR EOI H HI- TFSRout PRE=ok BKout X1@DAIF ERET@....',
  },
  {
    name: 'A1',
    exception: 'irq',
    mode: 'no-pNMI',
    designs: ['c4'],
    steps: 'VEC@DAIF RAW@..IF BKin TFSRin HI+ IAR EOI H HI- IRQdis PRE=ok MASK@DAIF TFSRout BKout X1 ERET@....',
  },
  {
    name: 'A1',
    exception: 'irq',
    mode: 'no-pNMI',
    designs: ['c5'],
    steps: 'VEC@DAIF RAW@..IF BKin TFSRin HI+ IAR EOI H HI- PRE=ok MASK@DAIF TFSRout BKout ERET@....',
  },
  {
    name: 'A1',
    exception: 'irq',
    mode: 'no-pNMI',
    designs: ['d'],
    steps: 'VEC@DAIF RAW@..IF BKin TFSRin HI+ IAR EOI H HI- PRE=ok TFSRout BKout MASK@DAIF ERET@....',
  },
  {
    name: 'A2',
    exception: 'irq',
    mode: 'pNMI',
    designs: ['a', 'c1'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR RAW@..IF/PSR BKin TFSRin HI+ IAR UNM@..../OFF EOI H HI- PRE=ok TFSRout BKout X1@DAIF/OFF X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A2',
    exception: 'irq',
    mode: 'pNMI',
    designs: ['b'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR RAW@..IF/PSR BKin TFSRin HI+ IAR UNM@..../OFF EOI H HI- TFSRout PRE=ok BKout X1@DAIF/OFF X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A2',
    exception: 'irq',
    mode: 'pNMI',
    designs: ['c4'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR RAW@..IF/PSR BKin TFSRin HI+ IAR UNM@..../OFF EOI H HI- IRQdis PRE=ok MASK@DAIF/PSR TFSRout BKout X1 X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A2',
    exception: 'irq',
    mode: 'pNMI',
    designs: ['c5'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR RAW@..IF/PSR BKin TFSRin HI+ IAR UNM@..../OFF EOI H HI- PRE=ok MASK@DAIF/PSR TFSRout BKout X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A2',
    exception: 'irq',
    mode: 'pNMI',
    designs: ['d'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR RAW@..IF/PSR BKin TFSRin HI+ IAR UNM@..../OFF EOI H HI- PRE=ok TFSRout BKout MASK@DAIF/PSR X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A3',
    exception: 'pNMI',
    mode: 'pNMI',
    designs: ['a', 'c1'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR RAW@..IF/PSR BKin TFSRin HI+ IAR NEST+ EOI H NEST- UNM@..../OFF HI- PRE=ok TFSRout BKout X1@DAIF/OFF X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A3',
    exception: 'pNMI',
    mode: 'pNMI',
    designs: ['b'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR RAW@..IF/PSR BKin TFSRin HI+ IAR NEST+ EOI H NEST- UNM@..../OFF HI- TFSRout PRE=ok BKout X1@DAIF/OFF X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A3',
    exception: 'pNMI',
    mode: 'pNMI',
    designs: ['c4'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR RAW@..IF/PSR BKin TFSRin HI+ IAR NEST+ EOI H NEST- UNM@..../OFF HI- IRQdis PRE=ok MASK@DAIF/PSR TFSRout BKout X1 X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A3',
    exception: 'pNMI',
    mode: 'pNMI',
    designs: ['c5'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR RAW@..IF/PSR BKin TFSRin HI+ IAR NEST+ EOI H NEST- UNM@..../OFF HI- PRE=ok MASK@DAIF/PSR TFSRout BKout X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A3',
    exception: 'pNMI',
    mode: 'pNMI',
    designs: ['d'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR RAW@..IF/PSR BKin TFSRin HI+ IAR NEST+ EOI H NEST- UNM@..../OFF HI- PRE=ok TFSRout BKout MASK@DAIF/PSR X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A4',
    exception: 'pNMI, interrupts off',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1', 'c4'],
    steps:
      'VEC@DAIF/OFF KE@DAIF/PSR RAW@..IF/PSR NMIin PMR:=OFF IAR PMR:=PSR EOI H NMIout X1@DAIF/PSR X2@DAIF/OFF ERET@..../OFF',
  },
  {
    name: 'A4',
    exception: 'pNMI, interrupts off',
    mode: 'pNMI',
    designs: ['c5', 'd'],
    steps:
      'VEC@DAIF/OFF KE@DAIF/PSR RAW@..IF/PSR NMIin PMR:=OFF IAR PMR:=PSR EOI H MASK@DAIF/PSR NMIout X2@DAIF/OFF ERET@..../OFF',
  },
  {
    name: 'A5',
    exception: 'abort',
    mode: 'no-pNMI',
    designs: ['a', 'c1'],
    steps: 'VEC@DAIF BKin TFSRin INH@.... H MASK@DAIF TFSRout BKout X1 ERET@....',
  },
  {
    name: 'A5',
    exception: 'abort',
    mode: 'no-pNMI',
    designs: ['b'],
    steps: 'VEC@DAIF BKin TFSRin INH@.... H MASK@DAIF TFSRout PRE=bad BKout X1 ERET@....',
  },
  {
    name: 'A5',
    exception: 'abort',
    mode: 'no-pNMI',
    designs: ['c4'],
    steps: 'VEC@DAIF BKin TFSRin INH@.... H IRQdis@..IF PRE=ok MASK@DAIF TFSRout BKout X1 ERET@....',
  },
  {
    name: 'A5',
    exception: 'abort',
    mode: 'no-pNMI',
    designs: ['c5'],
    steps: 'VEC@DAIF BKin TFSRin INH@.... H IRQdis@..IF PRE=ok MASK@DAIF TFSRout BKout ERET@....',
  },
  {
    name: 'A5',
    exception: 'abort',
    mode: 'no-pNMI',
    designs: ['d'],
    steps: 'VEC@DAIF NOIRQ@..IF BKin TFSRin IRQen@.... H IRQdis@..IF PRE=ok TFSRout BKout MASK@DAIF ERET@....',
  },
  {
    name: 'A6',
    exception: 'abort',
    mode: 'pNMI',
    designs: ['a', 'c1'],
    steps: 'VEC@DAIF/ON KE@DAIF/PSR BKin TFSRin INH@..../ON H MASK@DAIF/PSR TFSRout BKout X1 X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A6',
    exception: 'abort',
    mode: 'pNMI',
    designs: ['b'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR BKin TFSRin INH@..../ON H MASK@DAIF/PSR TFSRout PRE=bad BKout X1 X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A6',
    exception: 'abort',
    mode: 'pNMI',
    designs: ['c4'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR BKin TFSRin INH@..../ON H IRQdis@..../OFF PRE=ok MASK@DAIF/PSR TFSRout BKout X1 X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A6',
    exception: 'abort',
    mode: 'pNMI',
    designs: ['c5'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR BKin TFSRin INH@..../ON H IRQdis@..../OFF PRE=ok MASK@DAIF/PSR TFSRout BKout X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A6',
    exception: 'abort',
    mode: 'pNMI',
    designs: ['d'],
    steps:
      'VEC@DAIF/ON KE@DAIF/PSR NOIRQ@..../OFF BKin TFSRin IRQen@..../ON H IRQdis@..../OFF PRE=ok TFSRout BKout MASK@DAIF/PSR X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A7',
    exception: 'abort, interrupts off',
    mode: 'no-pNMI',
    designs: ['a', 'b', 'c1'],
    steps: 'VEC@DAIF BKin TFSRin INH@..IF H MASK@DAIF TFSRout BKoff X1 ERET@..IF',
  },
  {
    name: 'A7',
    exception: 'abort, interrupts off',
    mode: 'no-pNMI',
    designs: ['c4'],
    steps: 'VEC@DAIF BKin TFSRin INH@..IF H IRQdis MASK@DAIF TFSRout BKoff X1 ERET@..IF',
  },
  {
    name: 'A7',
    exception: 'abort, interrupts off',
    mode: 'no-pNMI',
    designs: ['c5'],
    steps: 'VEC@DAIF BKin TFSRin INH@..IF H MASK@DAIF TFSRout BKoff ERET@..IF',
  },
  {
    name: 'A7',
    exception: 'abort, interrupts off',
    mode: 'no-pNMI',
    designs: ['d'],
    steps: 'VEC@DAIF NOIRQ@..IF BKin TFSRin H TFSRout BKoff MASK@DAIF ERET@..IF',
  },
  {
    name: 'A8',
    exception: 'abort, interrupts off',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1'],
    steps:
      'VEC@DAIF/OFF KE@DAIF/PSR BKin TFSRin INH@..../OFF H MASK@DAIF/PSR TFSRout BKoff X1 X2@DAIF/OFF ERET@..../OFF',
  },
  {
    name: 'A8',
    exception: 'abort, interrupts off',
    mode: 'pNMI',
    designs: ['c4'],
    steps:
      'VEC@DAIF/OFF KE@DAIF/PSR BKin TFSRin INH@..../OFF H IRQdis MASK@DAIF/PSR TFSRout BKoff X1 X2@DAIF/OFF ERET@..../OFF',
  },
  {
    name: 'A8',
    exception: 'abort, interrupts off',
    mode: 'pNMI',
    designs: ['c5'],
    steps: 'VEC@DAIF/OFF KE@DAIF/PSR BKin TFSRin INH@..../OFF H MASK@DAIF/PSR TFSRout BKoff X2@DAIF/OFF ERET@..../OFF',
  },
  {
    name: 'A8',
    exception: 'abort, interrupts off',
    mode: 'pNMI',
    designs: ['d'],
    steps:
      'VEC@DAIF/OFF KE@DAIF/PSR NOIRQ@..../OFF BKin TFSRin H TFSRout BKoff MASK@DAIF/PSR X2@DAIF/OFF ERET@..../OFF',
  },
  {
    name: 'A9',
    exception: 'abort in a pNMI handler',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1'],
    steps: 'VEC@DAIF/PSR KE BKin TFSRin INH@..IF/PSR H MASK@DAIF/PSR TFSRout BKoff X1 X2 ERET@..IF/PSR',
  },
  {
    name: 'A9',
    exception: 'abort in a pNMI handler',
    mode: 'pNMI',
    designs: ['c4'],
    steps: 'VEC@DAIF/PSR KE BKin TFSRin INH@..IF/PSR H IRQdis@..IF/OFF MASK@DAIF/PSR TFSRout BKoff X1 X2 ERET@..IF/PSR',
  },
  {
    name: 'A9',
    exception: 'abort in a pNMI handler',
    mode: 'pNMI',
    designs: ['c5'],
    steps: 'VEC@DAIF/PSR KE BKin TFSRin INH@..IF/PSR H MASK@DAIF/PSR TFSRout BKoff X2 ERET@..IF/PSR',
  },
  {
    name: 'A10',
    exception: 'watchpoint',
    mode: 'no-pNMI',
    designs: ['a', 'b', 'c1', 'c4'],
    steps: 'VEC@DAIF DBGin PC+ H PC- DBGout X1 ERET@....',
  },
  {
    name: 'A10',
    exception: 'watchpoint',
    mode: 'no-pNMI',
    designs: ['c5', 'd'],
    steps: 'VEC@DAIF DBGin PC+ H PC- DBGout ERET@....',
  },
  {
    name: 'A11',
    exception: 'watchpoint',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1', 'c4'],
    steps: 'VEC@DAIF/ON KE@DAIF/PSR DBGin PC+ H PC- DBGout X1 X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A11',
    exception: 'watchpoint',
    mode: 'pNMI',
    designs: ['c5', 'd'],
    steps: 'VEC@DAIF/ON KE@DAIF/PSR DBGin PC+ H PC- DBGout X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A12',
    exception: 'SError',
    mode: 'no-pNMI',
    designs: ['a', 'b', 'c1', 'c4'],
    steps: 'VEC@DAIF ERR@.AIF NMIin H NMIout X1@DAIF ERET@....',
  },
  {
    name: 'A12',
    exception: 'SError',
    mode: 'no-pNMI',
    designs: ['c5', 'd'],
    steps: 'VEC@DAIF ERR@.AIF NMIin H MASK@DAIF NMIout ERET@....',
  },
  {
    name: 'A13',
    exception: 'SError',
    mode: 'pNMI',
    designs: ['a', 'b', 'c1', 'c4'],
    steps: 'VEC@DAIF/ON KE@DAIF/PSR ERR@.AIF/PSR NMIin H NMIout X1@DAIF/PSR X2@DAIF/ON ERET@..../ON',
  },
  {
    name: 'A13',
    exception: 'SError',
    mode: 'pNMI',
    designs: ['c5', 'd'],
    steps: 'VEC@DAIF/ON KE@DAIF/PSR ERR@.AIF/PSR NMIin H MASK@DAIF/PSR NMIout X2@DAIF/ON ERET@..../ON',
  },
]
