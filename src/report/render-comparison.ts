/**
 * A comparison for a terminal or a mail: designs as columns under numbers or names, what differs first,
 * then what is the same everywhere, then the counterexamples. Too many designs for one table make several.
 */

import { columnsOf, padLeft, padRight } from './columns.ts'
import { alikeDesigns, type Cell, type Comparison, type ComparisonRow, type Design, spanOf } from './comparison.ts'
import { counted } from './grouped.ts'
import { oneLine } from './inert.ts'
import type { Paint } from './paint.ts'
import { usualWidth, wrap } from './wrap.ts'

/** Of a line: what a property's name gets at least, over as many lines as it takes. */
const shareForNames = 0.44
const gap = 2

interface Table {
  readonly comparison: Comparison
  readonly paint: Paint
  /** Columns of a line. */
  readonly width: number
  /** Over each design's column: its name, or its number where names take too much room. */
  readonly heads: readonly string[]
  readonly cellWidth: number
  readonly nameWidth: number
}

export function renderComparison(comparison: Comparison, paint: Paint, width: number = usualWidth): string {
  const table = tableOf(comparison, paint, width)
  const perBlock = Math.max(1, Math.floor((width - table.nameWidth) / (table.cellWidth + gap)))
  const columns = comparison.designs.map((_, i) => i)
  const blocks = Array.from({ length: Math.ceil(columns.length / perBlock) }, (_, i) =>
    columns.slice(i * perBlock, (i + 1) * perBlock),
  )
  return [
    ...comparison.designs.flatMap((design, i) => designLines(design, table.heads[i] ?? '', table)),
    ...sameStates(table),
    ...blocks.flatMap((block) => renderBlock(table, block)),
    '',
    ...alikeLines(table),
    ...legend(table),
    ...fileLines(table),
  ].join('\n')
}

function tableOf(comparison: Comparison, paint: Paint, width: number): Table {
  const { designs, rows } = comparison
  const leastForNames = Math.floor(width * shareForNames)
  const differing = rows.filter((row) => row.differs)
  const widest = Math.max(...differing.flatMap((row) => row.cells.map((cell) => cellText(cell).length)), 1)
  const names = designs.map((design) => oneLine(design.model))
  const isUnique = new Set(names).size === names.length
  const named = Math.max(widest, ...names.map(columnsOf))
  const areNamesHeads = isUnique && designs.length * (named + gap) <= width - leastForNames
  const heads = areNamesHeads ? names : designs.map((_, i) => String(i + 1))
  const cellWidth = areNamesHeads ? named : Math.max(widest, String(designs.length).length)
  const longest = Math.max(...differing.map((row) => columnsOf(oneLine(row.property))), 8)
  const room = Math.max(leastForNames, width - designs.length * (cellWidth + gap))
  return { comparison, paint, width, heads, cellWidth, nameWidth: Math.min(longest, room) }
}

function designLines(design: Design, head: string, { paint, width, heads }: Table): readonly string[] {
  const constants = Object.entries(design.constants).map(([name, value]) => ` ${name}=${value}`)
  const early = design.reason === null ? '' : `, stopped early: ${design.reason}`
  const name = oneLine(`${design.model}${constants.join('')}`)
  const states = `${counted(design.states, 'state')}${early}`
  const label = heads.includes(design.model) ? name : `${head.padStart(2)}  ${name}`
  return wrap(`${label}  ${oneLine(design.spec)}, ${states}`, width, '      ').map((line) => paint.dim(line))
}

function sameStates({ comparison, heads, paint, width }: Table): readonly string[] {
  return alikeDesigns(comparison).flatMap((group) => {
    const names = group.map((i) => heads[i] ?? '')
    return wrap(`the same states, by their digest: ${names.join(', ')}`, width, '  ').map((line) => paint.dim(line))
  })
}

function renderBlock(table: Table, block: readonly number[]): readonly string[] {
  const { comparison, paint, heads, cellWidth, nameWidth } = table
  const cells = (texts: readonly string[]): string => texts.map((text) => ' '.repeat(gap) + text).join('')
  const head = cells(block.map((i) => padLeft(heads[i] ?? '', cellWidth)))
  // Of several tables each has the rows that its designs claim.
  const differing = comparison.rows.filter((row) => row.differs && block.some((i) => row.cells[i] !== null))
  if (differing.length === 0) return []
  return [
    '',
    `${' '.repeat(nameWidth)}${paint.bold(head)}`,
    ...differing.flatMap((row) => {
      const [first = '', ...rest] = wrap(oneLine(row.property), nameWidth, '  ')
      const texts = block.map((i) => painted(row.cells[i] ?? null, cellWidth, paint))
      return [`${padRight(first, nameWidth)}${cells(texts)}`, ...rest]
    }),
  ]
}

/** `ok`, `✗14` (violated in 14 steps), `1…3` or `2` (measured), `?` (inconclusive), `-` (no such claim); `!`: not as expected. */
function cellText(cell: Cell | null): string {
  if (cell === null) return '-'
  const mark = cell.asExpected || cell.verdict === 'inconclusive' ? '' : '!'
  if (cell.verdict === 'inconclusive') return '?'
  if (cell.measure !== null) return spanOf(cell.measure, '…')
  if (cell.verdict === 'violated') return `${mark}✗${cell.steps ?? ''}`
  if (cell.verdict === 'unreachable') return `${mark}✗`
  return `${mark}ok`
}

function painted(cell: Cell | null, cellWidth: number, paint: Paint): string {
  const text = cellText(cell)
  const padded = text.padStart(cellWidth)
  if (cell === null) return paint.dim(padded)
  if (!cell.asExpected && cell.verdict !== 'inconclusive') return paint.red(padded)
  if (cell.verdict === 'holds' || cell.verdict === 'reached') return paint.green(padded)
  return cell.verdict === 'measured' ? padded : paint.yellow(padded)
}

function alikeLines({ comparison, heads, paint, width }: Table): readonly string[] {
  const alike = comparison.rows.filter((row) => !row.differs)
  const groups = [...new Set(alike.map(answerOf))]
  return groups.flatMap((answer) => {
    const rows = alike.filter((row) => answerOf(row) === answer)
    const isClaimedByAll = rows.every((row) => row.cells.every((cell) => cell !== null))
    return [
      paint.bold(`${answer} in every design${isClaimedByAll ? '' : ' that claims it'}:`),
      ...rows.flatMap((row) => wrap(`  ${oneLine(row.property)}${claimants(row, heads)}`, width, '    ')),
      '',
    ]
  })
}

/** Which designs make the claim, when not all do; and of which the answer was not expected. */
function claimants(row: ComparisonRow, heads: readonly string[]): string {
  const those = (is: (cell: Cell | null) => boolean): readonly string[] =>
    heads.filter((_, i) => is(row.cells[i] ?? null))
  const own = those((cell) => cell !== null)
  const wrong = those((cell) => cell?.asExpected === false && cell.verdict !== 'inconclusive')
  const only = own.length === heads.length ? '' : `  (${own.join(', ')} only)`
  return wrong.length === 0 ? only : `${only}  ! not as expected: ${wrong.join(', ')}`
}

function answerOf(row: ComparisonRow): string {
  const cell = row.cells.find((one) => one !== null)
  if (cell === undefined || cell === null) return 'not claimed'
  return cell.measure === null ? cell.verdict : `${cell.verdict} ${spanOf(cell.measure, ' … ')}`
}

function legend({ comparison, paint, width }: Table): readonly string[] {
  const cells = comparison.rows.filter((row) => row.differs).flatMap((row) => row.cells.map(cellText))
  const has = (part: string | RegExp): boolean => cells.some((text) => text.search(part) !== -1)
  const entries = [
    ...(has('ok') ? ['ok holds or reached'] : []),
    ...(has(/✗\d/) ? ['✗n violated in n steps'] : []),
    ...(has(/✗$/) ? ['✗ unreachable'] : []),
    ...(cells.includes('?') ? ['? inconclusive'] : []),
    ...(has('!') ? ['! not as expected'] : []),
    ...(cells.includes('-') ? ['- no such claim'] : []),
  ]
  return entries.length === 0 ? [] : [...wrap(entries.join(' · '), width, '').map((line) => paint.dim(line)), '']
}

/** Paths are not broken: they are there to be copied. */
function fileLines({ comparison, heads, paint, width }: Table): readonly string[] {
  const lines = comparison.rows.flatMap((row) => {
    const files = row.cells.flatMap((cell, i) =>
      cell === null || cell.file === null ? [] : [`  ${(heads[i] ?? '').padStart(2)}  ${oneLine(cell.file)}`],
    )
    return files.length === 0 ? [] : [...wrap(oneLine(row.property), width, '  '), ...files]
  })
  return lines.length === 0 ? [] : [paint.bold('counterexamples:'), ...lines]
}
