/**
 * The codes by which step sequences are compared: one for each routine that counts as one step, and one for each label of
 * the others. A step without a code fails the comparison.
 */

const routineCodes: { readonly [routine: string]: string } = {
  irqentry_enter: 'BKin',
  irqentry_nmi_enter: 'NMIin',
  irqentry_nmi_exit: 'NMIout',
  arm64_enter_el1_dbg: 'DBGin',
  arm64_exit_el1_dbg: 'DBGout',
  nmi_enter: 'NEST+',
  nmi_exit: 'NEST-',
  enter_from_user_mode: 'USRin',
  exit_to_user_mode: 'USRout',
  schedule: 'schedule',
}

const labelCodes: { readonly [label: string]: string } = {
  'PMR := PSR': 'KE',
  'write_sysreg(NOIRQ, daif)': 'RAW',
  local_daif_inherit: 'INH',
  local_daif_mask: 'MASK',
  'local_daif_restore(PROCCTX)': 'PROC',
  'local_daif_inherit (all but interrupts)': 'NOIRQ',
  'local_daif_restore(ERRCTX)': 'ERR',
  'local_daif_restore(PROCCTX_NOIRQ)': 'NOIRQ',
  local_irq_disable: 'IRQdis',
  local_irq_enable: 'IRQen',
  mte_check_tfsr_entry: 'TFSRin',
  mte_check_tfsr_exit: 'TFSRout',
  irq_enter_rcu: 'HI+',
  irq_exit_rcu: 'HI-',
  gic_read_iar: 'IAR',
  gic_rpr_is_nmi_prio: 'IAR',
  gic_irqnr_is_special: 'SPECIAL',
  gic_unmask_pnmis: 'UNM',
  gic_pmr_mask_irqs: 'PMR:=OFF',
  'gic_write_pmr(PSR)': 'PMR:=PSR',
  gic_write_eoir: 'EOI',
  handle_irq: 'H',
  handle_nmi: 'H',
  gic_write_dir: 'H',
  do_mem_abort: 'H',
  do_el0_svc: 'H',
  arch_do_signal_or_restart: 'H',
  read_thread_flags: 'LOOP',
  do_serror: 'H',
  do_watchpoint: 'H',
  preempt_disable: 'PC+',
  preempt_enable_no_resched: 'PC-',
  irqentry_exit_cond_resched: 'PRE',
  trace_hardirqs_on: 'BKout',
  'state.exit_rcu': 'BKoff',
  disable_daif: 'X1',
  'PMR := regs->pmr': 'X2',
  ERET: 'ERET',
}

/** Counted for themselves inside of those routines too. */
const ownSteps = ['mte_check_tfsr_entry']

export function codeOf(path: readonly string[], label: string): string {
  const routine = ownSteps.includes(label) ? undefined : path.find((name) => name in routineCodes)
  const code = routine === undefined ? labelCodes[label] : routineCodes[routine]
  if (code === undefined) throw new Error(`${[...path, label].join(' > ')} has no code`)
  return code
}
