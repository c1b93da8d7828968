/**
 * The document of `--json`: what docs/command-line.md shows of it has the keys that reports are read by, and no others.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { expect, it } from 'vitest'
import { reportCodec } from '../../src/report/report.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/command-line.md'), 'utf8')
const shown: unknown = JSON.parse(/```json\n(.*?)```/s.exec(page)?.[1] ?? '')

/** `models.states.distinct` and the like. Names of constants and values of measures are no keys. */
function keysOf(codec: t.Mixed, path = ''): readonly string[] {
  if (codec instanceof t.ReadonlyType || codec instanceof t.ReadonlyArrayType) return keysOf(codec.type, path)
  if (codec instanceof t.UnionType || codec instanceof t.IntersectionType)
    return codec.types.flatMap((one: t.Mixed) => keysOf(one, path))
  if (!(codec instanceof t.InterfaceType || codec instanceof t.PartialType)) return []
  const parts: readonly (readonly [string, t.Mixed])[] = Object.entries(codec.props)
  return parts.flatMap(([key, part]) => [path + key, ...keysOf(part, `${path}${key}.`)])
}

function keysIn(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => keysIn(one, path))
  if (typeof value !== 'object' || value === null || /(?:constants|histogram)\.$/.test(path)) return []
  return Object.entries(value).flatMap(([key, part]) => [path + key, ...keysIn(part, `${path}${key}.`)])
}

it('is shown with all its keys, and no others', () => {
  expect(E.isRight(reportCodec.decode(shown))).toBe(true)
  expect([...new Set(keysIn(shown))].sort()).toEqual([...new Set(keysOf(reportCodec))].sort())
})
