import { expect, it } from 'vitest'
import { type Problem, problem } from '../../src/model/problem.ts'
import { toldOnce } from '../../src/model/told-once.ts'

const at = (line: number, message: string, hint = 'Look.'): Problem =>
  problem('MC105', message, hint, { file: 'spec.ts', line })

const wordsOf = (...problems: readonly Problem[]): readonly string[] => toldOnce(problems).map(({ message }) => message)

it('tells once what is said of several in one line, and of models that share it', () => {
  const problems = ['p', 'q', 'p', 'q', 'r'].map((name) => at(1, `thread ${name} has no step`))

  expect(wordsOf(...problems)).toEqual(['thread p (and q, r) has no step'])
})

it('tells by itself what has no place', () => {
  const problems = [2, 3].map((least) => problem('MC108', `9 is not in ${least} … 8`, 'Look.'))

  expect(toldOnce(problems)).toEqual(problems)
})

it('names three besides the first', () => {
  const problems = ['p', 'q', 'r', 's', 't', 'u'].map((name) => at(1, `${name} is unknown`))

  expect(wordsOf(...problems)).toEqual(['p (and q, r, s and 2 more) is unknown'])
})

it('tells by itself what differs in place, hint, two words or another word', () => {
  const apart = [
    at(1, 'p has no x'),
    at(2, 'q has no x'),
    at(1, 'q has no x', 'Look twice.'),
    at(1, 'q has no y'),
    at(1, 'p has no longer x'),
  ]
  const joined = at(1, 'r has no x')
  const elsewhere = at(1, 'p has no z')

  expect(wordsOf(...apart, joined, elsewhere)).toEqual([
    'p (and r) has no x',
    'q has no x',
    'q has no y',
    'p has no longer x',
    'p has no z',
    'q has no x',
  ])
})

it('tells what has no place first, then each file from its beginning', () => {
  const unplaced = problem('MC108', 'no model has that constant', 'Look.')
  const imported = { ...at(1, 'imported'), source: { file: 'kit.ts', line: 1 } }

  expect(wordsOf(at(7, 'seventh'), imported, at(3, 'third'), unplaced)).toEqual([
    'no model has that constant',
    'third',
    'seventh',
    'imported',
  ])
})
