/**
 * Lifts and people: who calls one is to be carried where they want to go, which takes strong fairness of the lifts' doors.
 * Source: TLA+ examples, MultiCarElevator (by Helwer; 2 people, 2 lifts, 2 floors).
 */

import {
  action, all, always, any, arbitrary, bool, choose, constant, each, exists, forall, ifElse, implies, leadsTo, model, names,
  not, oneOf, only, range, record, set, setOf, state, strong, weak, when,
} from 'modelcheck'
import { underEach } from './fairness.ts'

const directions = ['up', 'down'] as const
type Direction = (typeof directions)[number]
const constants = { people: constant(range(1, 3), 2), lifts: constant(range(1, 3), 2), floors: constant(range(2, 4), 2) }

export const elevator = model('tla-elevator', constants, (size) => {
  const people = names('p', size.people)
  const lifts = names('lift', size.lifts)
  const floor = range(1, size.floors)
  const floors = Array.from({ length: size.floors }, (_, i) => i + 1)
  const landing = (f: number) => `floor${f}`
  const call = record({ floor, direction: oneOf(directions) })
  const everyCall = floors.flatMap((f) => directions.map((direction) => ({ floor: f, direction })))
  type Call = (typeof everyCall)[number]

  const { person, calls, lift } = state({
    person: each(people, record({ place: oneOf([...floors.map(landing), ...lifts]), to: floor, waits: bool })).starts({
      place: landing(1),
      to: 1,
      waits: false,
    }),
    calls: setOf(call).starts([]),
    lift: each(lifts, record({ floor, direction: oneOf([...directions, 'stationary']), isOpen: bool, buttons: setOf(floor) })).starts({
      floor: 1,
      direction: 'stationary',
      isOpen: false,
      buttons: [],
    }),
  })
  const leads = (from: number, p: string, direction: Direction) =>
    direction === 'up' ? person.at(p).to.gt(from) : person.at(p).to.le(from)
  const canServe = (l: string, c: Call) => all(lift.at(l).floor.is(c.floor), lift.at(l).direction.is(c.direction))
  const waitsFor = (p: string, c: Call) =>
    all(person.at(p).place.is(landing(c.floor)), person.at(p).waits, leads(c.floor, p, c.direction))

  const pick = action('pick a destination', { p: people, f: floors, to: floors }, ({ p, f, to }) => ({
    lane: p,
    when: f !== to && [not(person.at(p).waits), person.at(p).place.is(landing(f))],
    then: set(person.at(p).to, to),
  }))
  const callLift = action('call', { p: people, c: everyCall }, ({ p, c }) => ({
    lane: p,
    when: [
      not(person.at(p).waits),
      person.at(p).place.is(landing(c.floor)),
      person.at(p).to.isNot(c.floor),
      leads(c.floor, p, c.direction),
    ],
    then: [
      when(not(exists(lifts, (l) => all(canServe(l, c), lift.at(l).isOpen))), set(calls, calls.with(c))),
      set(person.at(p).waits, true),
    ],
  }))

  const canOpen = (l: string) => all(
    not(lift.at(l).isOpen),
    any(exists(calls, (c) => canServe(l, c)), lift.at(l).buttons.has(lift.at(l).floor)),
  )
  const canEnter = (l: string, c: Call) => all(lift.at(l).isOpen, canServe(l, c), exists(people, (p) => waitsFor(p, c)))
  const canExit = (l: string, f: number) => all(
    lift.at(l).isOpen,
    lift.at(l).floor.is(f),
    exists(people, (p) => all(person.at(p).place.is(l), person.at(p).to.is(f))),
  )
  const open = action('open doors', { l: lifts }, ({ l }) => ({
    lane: l,
    when: canOpen(l),
    then: [
      set(lift.at(l).isOpen, true),
      set(lift.at(l).buttons, lift.at(l).buttons.without(lift.at(l).floor)),
      everyCall.map((c) => when(canServe(l, c), set(calls, calls.without(c)))),
    ],
  }))
  const enter = action('enter', { l: lifts, c: everyCall }, ({ l, c }) => ({
    lane: l,
    when: canEnter(l, c),
    then: [
      floors.map((f) => when(
        exists(people, (p) => all(waitsFor(p, c), person.at(p).to.is(f))),
        set(lift.at(l).buttons, lift.at(l).buttons.with(f)),
      )),
      people.map((p) => when(waitsFor(p, c), set(person.at(p).place, l))),
    ],
  }))
  const exit = action('exit', { l: lifts, f: floors }, ({ l, f }) => ({
    lane: l,
    when: canExit(l, f),
    then: people.map((p) => when(all(person.at(p).place.is(l), person.at(p).to.is(f)), [
      set(person.at(p).place, landing(f)),
      set(person.at(p).waits, false),
    ])),
  }))
  const close = action('close doors', { l: lifts }, ({ l }) => ({
    lane: l,
    when: [
      lift.at(l).isOpen,
      not(exists(everyCall, (c) => canEnter(l, c))),
      not(exists(floors, (f) => canExit(l, f))),
    ],
    then: set(lift.at(l).isOpen, false),
  }))
  const move = action('move', { l: lifts, direction: directions }, ({ l, direction }) => ({
    lane: l,
    when: [
      lift.at(l).direction.is(direction),
      not(lift.at(l).isOpen),
      not(lift.at(l).buttons.has(lift.at(l).floor)),
      forall(calls, (c) => implies(canServe(l, c), exists(lifts, (other) => other !== l && canServe(other, c)))),
      direction === 'up' ? lift.at(l).floor.lt(size.floors) : lift.at(l).floor.gt(1),
    ],
    then: set(lift.at(l).floor, lift.at(l).floor.plus(direction === 'up' ? 1 : -1)),
  }))
  const stop = action('stop', { l: lifts }, ({ l }) => ({
    lane: l,
    when: [
      not(canOpen(l)),
      not(lift.at(l).isOpen),
      lift.at(l).floor.is(ifElse(lift.at(l).direction.is('up'), size.floors, 1)),
    ],
    then: set(lift.at(l).direction, 'stationary'),
  }))

  const isStationary = (l: string) => lift.at(l).direction.is('stationary')
  const comes = (l: string, c: Call) => any(isStationary(l), all(
    lift.at(l).direction.is(c.direction),
    c.direction === 'up' ? lift.at(l).floor.le(c.floor) : lift.at(l).floor.ge(c.floor),
  ))
  const distance = (l: string, c: Call) => lift.at(l).floor.minus(c.floor).max(lift.at(l).floor.times(-1).plus(c.floor))
  const isClosest = (l: string, c: Call) => all(
    comes(l, c),
    forall(lifts, (other) => implies(comes(other, c), distance(l, c).le(distance(other, c)))),
  )
  /** Of several lifts at the same distance, the first. */
  const dispatch = action('dispatch', { c: everyCall }, ({ c }) => ({
    when: [calls.has(c), exists(lifts, (l) => comes(l, c))],
    then: lifts.map((l, i) => when(
      all(isClosest(l, c), isStationary(l), lifts.slice(0, i).map((before) => not(isClosest(before, c)))),
      [set(lift.at(l).floor, c.floor), set(lift.at(l).direction, c.direction)],
    )),
  }))

  const actions = [pick, callLift, open, enter, exit, close, move, stop, dispatch]
  /** The doors must close, lifts move, and calls be answered even if that is possible only now and then. */
  const conditions = (ofThese: typeof weak | typeof strong) => [
    ...people.map((p) => weak(`${p} calls`, only(callLift, { p }))),
    ...lifts.flatMap((l) => [open, enter, exit, stop].map((one) => weak(`${l}: ${one.selectionName}`, only(one, { l })))),
    ...lifts.flatMap((l) => [close, move].map((one) => ofThese(`${l}: ${one.selectionName}`, only(one, { l })))),
    ...everyCall.map((c) => ofThese(`${c.direction} from ${c.floor}`, only(dispatch, { c }))),
  ]
  return {
    initially: [
      people.map((p) => [choose(`${p} at`, floors, (f) => set(person.at(p).place, landing(f))), arbitrary(person.at(p).to)]),
      lifts.map((l) => arbitrary(lift.at(l).floor)),
    ],
    actions,
    interchangeable: [people],
    properties: {
      'buttons are pressed by those inside': always(forall(lifts, (l) => forall(lift.at(l).buttons, (f) =>
        exists(people, (p) => all(person.at(p).place.is(l), person.at(p).to.is(f)))))),
      'calls are made by those who wait': always(forall(calls, (c) => exists(people, (p) => waitsFor(p, c)))),
      ...underEach(actions, {
        CallServed: all(everyCall.map((c) => leadsTo(calls.has(c), exists(lifts, (l) => canServe(l, c))))),
        Arrives: all(people.map((p) => leadsTo(
          person.at(p).waits,
          exists(floors, (f) => all(person.at(p).place.is(landing(f)), person.at(p).to.is(f))),
        ))),
      }, { 'none': [], 'SF/WF mix': conditions(strong), 'all WF': conditions(weak) }),
    },
  }
})
