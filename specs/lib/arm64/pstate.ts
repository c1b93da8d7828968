/**
 * What masks exceptions: PSTATE.DAIF and the priority mask PMR, and the named contexts that the kernel puts them in.
 *
 * Sources: Arm ARM DDI 0487, D1.3 and D19.1; arch/arm64/include/asm/daifflags.h; include/linux/irqchip/arm-gic-v3-prio.h.
 */

import { all, bool, type Domain, type Expr, oneOf, record, type Var } from 'modelcheck'

/** A variable of this domain. */
export type VarOf<D> = D extends Domain<infer T> ? Var<T> : never

/** PSTATE.DAIF: a set bit masks. D debug, A SError, I IRQ, F FIQ. */
export const flags = record({ D: bool, A: bool, I: bool, F: bool })

export const open = { D: false, A: false, I: false, F: false }
export const noIrq = { D: false, A: false, I: true, F: true }
export const errorContext = { D: false, A: true, I: true, F: true }
export const masked = { D: true, A: true, I: true, F: true }

/**
 * PMR. ON 0xe0 lets everything through, OFF 0xc0 only pseudo-NMIs. PSR is ON with GIC_PRIO_PSR_I_SET, 0xf0: a note for
 * software that DAIF.I is what masks. OFF with that flag, 0xd0, is illegal.
 */
export const priority = oneOf(['ON', 'OFF', 'PSR', 'OFF|PSR'])

/** All that masks; without pseudo-NMI, PMR never changes. */
export const mask = record({ daif: flags, pmr: priority })
export const openMask = { daif: open, pmr: 'ON' } as const
export type Mask = VarOf<typeof mask>

/** Without pseudo-NMI interrupts are masked by DAIF; with it, by PMR. */
export type Mode = 'no-pNMI' | 'pNMI'

/** What every helper needs to know: how interrupts are masked, and the registers of this CPU. */
export interface Masks {
  readonly mode: Mode
  readonly cpu: Pick<Mask, 'daif' | 'pmr'>
}

/** DAIF_PROCCTX_NOIRQ: regular interrupts are masked and nothing else. The only mask for a task switch. */
export const isNoIrq = ({ mode, cpu }: Masks): Expr<boolean> =>
  mode === 'pNMI' ? all(cpu.daif.is(open), cpu.pmr.is('OFF')) : cpu.daif.is(noIrq)
