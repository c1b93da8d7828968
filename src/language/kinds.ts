/**
 * The types a spec's author sees. A kind `T` is what a domain's values are; it flows from the domain to variables,
 * expressions and plain values, so that a misspelt label or field is an error in the editor.
 */

import type { Domain as DomainIr, Expr as ExprIr } from '../model/ir.ts'

declare const kind: unique symbol

export interface RecordOf<F> {
  readonly [kind]: 'record'
  readonly fields: F
}

/** An array over labels or numbers. */
export interface ArrayOf<K extends string | number, E> {
  readonly [kind]: 'array'
  readonly key: K
  readonly element: E
}

export interface SetOf<E> {
  readonly [kind]: 'set'
  readonly element: E
}

export interface SequenceOf<E> {
  readonly [kind]: 'sequence'
  readonly element: E
}

/** Plain values of a kind, as they are written in a spec. */
export type Plain<T> = [T] extends [boolean | number | string]
  ? T
  : T extends RecordOf<infer F>
    ? { readonly [K in keyof F]: Plain<F[K]> }
    : T extends ArrayOf<infer K, infer E>
      ? [K] extends [string]
        ? { readonly [L in K]: Plain<E> }
        : readonly Plain<E>[]
      : T extends SetOf<infer E> | SequenceOf<infer E>
        ? readonly Plain<E>[]
        : never

/** An operand: an expression, a plain value, or a record, array, set or sequence of operands. */
export type Operand<T> = [T] extends [boolean | number | string]
  ? Expr<T> | T
  :
      | Expr<T>
      | (T extends RecordOf<infer F>
          ? { readonly [K in keyof F]: Operand<F[K]> }
          : T extends ArrayOf<infer K, infer E>
            ? [K] extends [string]
              ? { readonly [L in K]: Operand<E> }
              : readonly Operand<E>[]
            : T extends SetOf<infer E> | SequenceOf<infer E>
              ? ListOf<Operand<E>>
              : never)

/** A list where a sequence or a set is wanted, or a choice between two. */
export type ListOf<E> = readonly E[] | ListChoice<E>

/** What `ifElse` makes of two lists: a sequence or a set, whichever is wanted where it stands. */
export interface ListChoice<E> {
  readonly condition: Expr<boolean>
  readonly then: ListOf<E>
  readonly otherwise: ListOf<E>
}

/** An initial value: for an array, one value fills all elements, or there is one for each. */
export type Start<T> = T extends ArrayOf<infer K, infer E> ? Start<E> | Plain<ArrayOf<K, E>> : Plain<T>

interface Common<T> {
  readonly ir: ExprIr
  readonly domain: DomainIr
  /** Structural equality. */
  is(other: Operand<T>): Expr<boolean>
  isNot(other: Operand<T>): Expr<boolean>
}

interface NumberMembers {
  plus(other: Operand<number>): Expr<number>
  minus(other: Operand<number>): Expr<number>
  times(other: Operand<number>): Expr<number>
  /** Rounds towards minus infinity; dividing by 0 is a model error. */
  div(other: Operand<number>): Expr<number>
  mod(other: Operand<number>): Expr<number>
  min(other: Operand<number>): Expr<number>
  max(other: Operand<number>): Expr<number>
  lt(other: Operand<number>): Expr<boolean>
  le(other: Operand<number>): Expr<boolean>
  gt(other: Operand<number>): Expr<boolean>
  ge(other: Operand<number>): Expr<boolean>
}

interface SetMembers<E> {
  readonly size: Expr<number>
  has(element: Operand<E>): Expr<boolean>
  with(element: Operand<E>): Expr<SetOf<E>>
  without(element: Operand<E>): Expr<SetOf<E>>
  union(other: Operand<SetOf<E>>): Expr<SetOf<E>>
  intersect(other: Operand<SetOf<E>>): Expr<SetOf<E>>
  except(other: Operand<SetOf<E>>): Expr<SetOf<E>>
  subsetOf(other: Operand<SetOf<E>>): Expr<boolean>
}

interface SequenceMembers<E, IsPlace extends boolean> {
  readonly length: Expr<number>
  /** The first and the last element; of an empty sequence a model error. */
  readonly head: Expr<E>
  readonly last: Expr<E>
  /** Without the first, without the last element. */
  readonly rest: Expr<SequenceOf<E>>
  readonly front: Expr<SequenceOf<E>>
  at(position: Operand<number>): Node<E, IsPlace>
  has(element: Operand<E>): Expr<boolean>
  append(element: Operand<E>): Expr<SequenceOf<E>>
}

/** Keeps the kind; and an intersection, which compilers show by the name `Expr<…>`. */
interface Kind<T> {
  readonly [kind]?: T
}

type Members<T, IsPlace extends boolean> = Kind<T> & MoreMembers<T, IsPlace>

type MoreMembers<T, IsPlace extends boolean> = [T] extends [boolean]
  ? unknown
  : [T] extends [number]
    ? NumberMembers
    : [T] extends [string]
      ? unknown
      : T extends RecordOf<infer F>
        ? { readonly [K in keyof F]: Node<F[K], IsPlace> }
        : T extends ArrayOf<infer K, infer E>
          ? { readonly [L in K]: Node<E, IsPlace> } & { at(key: Operand<K>): Node<E, IsPlace> }
          : T extends SetOf<infer E>
            ? SetMembers<E>
            : T extends SequenceOf<infer E>
              ? SequenceMembers<E, IsPlace>
              : unknown

/** A value that depends on the state. */
export type Expr<T> = Common<T> & Members<T, false>

/** A variable or a part of one: an expression that can be assigned. */
export type Var<T> = Common<T> & Members<T, true> & { readonly isPlace: true }

type Node<T, IsPlace extends boolean> = IsPlace extends true ? Var<T> : Expr<T>

/** A set-valued expression, whatever its members. */
export interface AnySet {
  readonly ir: ExprIr
  readonly domain: DomainIr
  readonly size: Expr<number>
}

/** The plain members of a set-valued expression. */
export type Member<S> = S extends { readonly [kind]?: SetOf<infer E> } ? Plain<E> : never
