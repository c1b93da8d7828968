/**
 * Verdicts under fairness, and the kind of counterexample that TLC shows: the run simply stops, or it ends in a loop.
 * Where a formula fails, runs of that kind are shown to break it too.
 */

import type { ConstantValues } from '../../src/model/ir.ts'
import { describe, expect, it } from 'vitest'
import type { ModelBuilder } from '../../src/language/model.ts'
import { checkSpec, verdictsOf } from '../support/build.ts'
import { ticketLock } from './kernel-ticketlock.ts'
import { counter, idleAction, oneStep, request, toggle, twoChoices, twoToggles } from './micro.ts'
import { allocator } from './tla-allocator.ts'
import { alternatingBit } from './tla-alternating-bit.ts'
import { dijkstraMutex } from './tla-dijkstra.ts'
import { elevator } from './tla-elevator.ts'
import { ewd840Fairness } from './tla-ewd840.ts'
import { petersonTla } from './tla-peterson.ts'
import { hygienicPhilosophers } from './tla-philosophers.ts'
import { prisoners } from './tla-prisoners.ts'

/** `fails`: the kind of counterexample is not recorded. */
type Outcome = 'holds' | 'fails' | 'stops' | 'lasso'

interface Row {
  readonly builder: ModelBuilder
  readonly set?: ConstantValues
  readonly formula: string
  readonly under: { readonly [fairness: string]: Outcome }
}

const allocators = { 'WFret+SFalloc': 'holds', 'WFret+WFalloc': 'lasso', 'weakWFret+SFalloc': 'stops' } as const
const small = { clients: 2 }

const rows: readonly Row[] = [
  { builder: ewd840Fairness, formula: 'Liveness', under: { 'none': 'stops', 'WF(System)': 'holds', 'WF(Next)': 'holds', 'WF(InitiateProbe)only': 'stops' } },
  { builder: ewd840Fairness, formula: 'FalseLiveness', under: { 'none': 'stops', 'WF(System)': 'lasso', 'WF(Next)': 'lasso', 'WF(InitiateProbe)only': 'stops' } },
  { builder: ewd840Fairness, formula: 'AllNodesTerminateIfNoMessages', under: { 'none': 'stops', 'WF(System)': 'stops', 'WF(Next)': 'holds', 'WF(InitiateProbe)only': 'stops' } },
  { builder: ewd840Fairness, set: { nodes: 4 }, formula: 'Liveness', under: { 'none': 'stops', 'WF(System)': 'holds' } },
  { builder: hygienicPhilosophers, set: { seats: 3 }, formula: 'nobody starves', under: { 'WF(each philosopher)': 'holds', 'WF(Next)': 'holds' } },
  { builder: hygienicPhilosophers, formula: 'nobody starves', under: { 'none': 'stops', 'WF(each philosopher)': 'holds', 'WF(Next)': 'holds' } },
  { builder: petersonTla, formula: 'Starv', under: { 'none': 'stops', 'WF(proc)': 'holds', 'WF unless ncs': 'holds', 'WF(Next)': 'lasso', 'WF(proc 1) only': 'stops' } },
  { builder: petersonTla, formula: 'GFcs', under: { 'none': 'stops', 'WF(proc)': 'holds', 'WF unless ncs': 'lasso', 'WF(Next)': 'lasso', 'WF(proc 1) only': 'stops' } },
  { builder: petersonTla, formula: 'Some', under: { 'none': 'stops', 'WF(proc)': 'holds', 'WF unless ncs': 'stops', 'WF(Next)': 'holds', 'WF(proc 1) only': 'stops' } },
  { builder: ticketLock, set: { processes: 2 }, formula: 'LockAll', under: { 'none': 'stops', 'WF': 'holds' } },
  { builder: ticketLock, set: { processes: 2 }, formula: 'LockAny', under: { 'none': 'stops', 'WF': 'holds' } },
  { builder: allocator, formula: 'ClientsWillReturn', under: { 'none': 'stops', 'WFret+SFalloc': 'holds', 'WFret+WFalloc': 'holds', 'WFret_only': 'holds', 'SFalloc_only': 'stops', 'weakWFret+SFalloc': 'holds' } },
  { builder: allocator, formula: 'ClientsWillObtain', under: { ...allocators, 'none': 'stops', 'WFret_only': 'lasso', 'SFalloc_only': 'stops' } },
  { builder: allocator, formula: 'InfOftenSatisfied', under: { ...allocators, 'none': 'stops', 'WFret_only': 'lasso', 'SFalloc_only': 'stops' } },
  { builder: allocator, set: small, formula: 'ClientsWillReturn', under: { 'WFret+SFalloc': 'holds', 'WFret+WFalloc': 'holds', 'weakWFret+SFalloc': 'holds' } },
  { builder: allocator, set: small, formula: 'ClientsWillObtain', under: allocators },
  { builder: allocator, set: small, formula: 'InfOftenSatisfied', under: allocators },
  { builder: alternatingBit, formula: 'SentLeadsToRcvd', under: { 'none': 'stops', 'WFsend+SFrcv': 'holds', 'all WF': 'lasso', 'SFrcv only': 'stops', 'WFsend+SF(RcvMsg)': 'holds' } },
  { builder: prisoners, set: { prisoners: 3 }, formula: 'Liveness', under: { 'none': 'stops', 'WF': 'holds', 'WF(Next)': 'lasso' } },
  { builder: dijkstraMutex, formula: 'DeadlockFree', under: { 'none': 'stops', 'WF(P)': 'holds', 'WF unless ncs': 'holds' } },
  { builder: dijkstraMutex, formula: 'StarvationFree', under: { 'none': 'stops', 'WF(P)': 'lasso', 'WF unless ncs': 'lasso' } },
  { builder: dijkstraMutex, formula: 'DeadlockFreedom', under: { 'none': 'stops', 'WF(P)': 'holds', 'WF unless ncs': 'holds' } },
  { builder: elevator, formula: 'CallServed', under: { 'none': 'stops', 'SF/WF mix': 'holds', 'all WF': 'holds' } },
  { builder: elevator, formula: 'Arrives', under: { 'none': 'stops', 'SF/WF mix': 'holds', 'all WF': 'lasso' } },
]

const micro: readonly Row[] = [
  { builder: toggle, formula: 'GF x=1', under: { 'none': 'fails', 'WF(T)': 'holds' } },
  { builder: toggle, formula: 'FG x=1', under: { 'none': 'fails', 'WF(T)': 'fails' } },
  { builder: toggle, formula: 'F x=1', under: { 'none': 'fails', 'WF(T)': 'holds' } },
  { builder: twoToggles, formula: 'GF x=1', under: { 'WF(A or B)': 'fails', 'WF(A)': 'holds', 'WF(A),WF(B)': 'holds' } },
  { builder: twoToggles, formula: 'GF y=1', under: { 'WF(A or B)': 'fails', 'WF(A)': 'fails', 'WF(A),WF(B)': 'holds' } },
  { builder: twoToggles, formula: 'GF x=y=1', under: { 'WF(A or B)': 'fails', 'WF(A)': 'fails', 'WF(A),WF(B)': 'fails' } },
  { builder: oneStep, formula: 'GF x=1', under: { 'none': 'fails', 'WF(S)': 'holds' } },
  { builder: oneStep, formula: 'FG x=1', under: { 'none': 'fails', 'WF(S)': 'holds' } },
  { builder: oneStep, formula: 'GF x=0', under: { 'none': 'fails', 'WF(S)': 'fails' } },
  { builder: oneStep, formula: 'x=0 ~> x=1', under: { 'none': 'fails', 'WF(S)': 'holds' } },
  { builder: twoChoices, formula: 'GF x=1', under: { 'WF(Next)': 'fails', 'WF all four': 'fails', 'WF(Next),SF(A)': 'holds', 'WF(Next),SF(A),SF(B)': 'holds' } },
  { builder: twoChoices, formula: 'GF x=1 and GF x=2', under: { 'WF(Next)': 'fails', 'WF all four': 'fails', 'WF(Next),SF(A)': 'fails', 'WF(Next),SF(A),SF(B)': 'holds' } },
  { builder: twoChoices, formula: 'GF x=1 => GF x=2', under: { 'WF(Next)': 'fails', 'WF all four': 'fails', 'WF(Next),SF(A)': 'fails', 'WF(Next),SF(A),SF(B)': 'holds' } },
  { builder: request, formula: 'r=1 ~> g=1', under: { 'WF(Next)': 'fails', 'WF(Gr)': 'fails', 'SF(Gr)': 'fails', 'SF(Gr),WF(Req)': 'holds' } },
  { builder: request, formula: 'GF g=1', under: { 'WF(Next)': 'fails', 'WF(Gr)': 'fails', 'SF(Gr)': 'fails', 'SF(Gr),WF(Req)': 'holds' } },
  { builder: request, formula: 'GF r=1 => GF g=1', under: { 'WF(Next)': 'fails', 'WF(Gr)': 'fails', 'SF(Gr)': 'holds', 'SF(Gr),WF(Req)': 'holds' } },
  { builder: counter, formula: 'GF x=3', under: { 'WF(I),WF(K)': 'fails', 'WF(Next)': 'fails', 'SF(I),SF(K)': 'fails' } },
  { builder: counter, formula: 'GF x=0 or GF x=1', under: { 'WF(I),WF(K)': 'holds', 'WF(Next)': 'holds', 'SF(I),SF(K)': 'holds' } },
  { builder: counter, formula: 'GF(x=0 or x=2)', under: { 'WF(I),WF(K)': 'holds', 'WF(Next)': 'fails', 'SF(I),SF(K)': 'holds' } },
  { builder: idleAction, formula: 'F x=1', under: { 'WF(idle)': 'stops', 'WF(idle or go)': 'holds' } },
]

describe('the verdict of a formula under each fairness is that of TLC, and so is the kind of counterexample', () => {
  it.each([...rows, ...micro])('$builder.name $set: $formula', async ({ builder, set = {}, formula, under }) => {
    const kinds = Object.entries(under).filter(([, outcome]) => outcome === 'stops' || outcome === 'lasso')
    const names = Object.keys(under).map((fairness) => `${formula} | ${fairness}`)
    const properties = [...names, ...kinds.map(([fairness, kind]) => `${formula} | ${fairness} | ${kind}`)]

    const verdicts = verdictsOf(await checkSpec(builder, { set, properties }))

    expect(verdicts).toEqual(Object.fromEntries([
      ...Object.entries(under).map(([fairness, outcome]) => [`${formula} | ${fairness}`, outcome === 'holds' ? 'holds' : 'violated']),
      ...kinds.map(([fairness, kind]) => [`${formula} | ${fairness} | ${kind}`, 'violated']),
    ]))
  })
})
