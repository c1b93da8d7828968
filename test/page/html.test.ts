/**
 * The page as a document: inert whatever the names, self-contained, and allowed to run nothing but itself.
 */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { describeModel } from '../../src/page/describe-model.ts'
import { contentPolicy, inertJson, renderPage } from '../../src/page/html.ts'
import type { PageData } from '../../src/page/page-data.ts'
import { buildModel } from '../support/build.ts'
import { attack, breakOut, hostile, lineEnd } from '../support/hostile.ts'

let data: PageData
let html: string

beforeAll(async () => {
  const model = buildModel(hostile)
  const result = await checkModel(model, { workers: 1 })
  data = { version: '0', spec: `${breakOut}.ts`, isLive: false, models: [describeModel(model, result)], notes: [] }
  html = renderPage(data)
})

/** The text of the element that carries the data. */
function carried(document: string): string {
  return /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(document)?.[1] ?? ''
}

describe('the page of a spec with hostile names', () => {
  it('has no element beyond its own', () => {
    const elements = [...html.matchAll(/<\/?([a-z]+)/gi)].map((found) => found[1])

    expect(elements.filter((name) => name === 'script')).toHaveLength(4)
    expect(html).not.toContain('<img')
    expect(html).not.toContain('<svg onload')
  })

  it('carries the names unchanged', () => {
    expect(JSON.parse(carried(html))).toEqual(data)
    const [model] = data.models
    expect(model?.name).toBe(attack)
    expect(model?.lanes).toContain(lineEnd)
    expect(model?.runs.some((run) => Object.hasOwn(run.steps[0]?.state ?? {}, '__proto__'))).toBe(true)
  })

  it('leaves no character in its data that ends an element, a line or a comment', () => {
    expect(carried(html)).not.toMatch(/[<>&\u2028\u2029]/)
    expect(inertJson({ a: '</script><!--\u2028&amp;' })).toBe(
      '{"a":"\\u003c/script\\u003e\\u003c!--\\u2028\\u0026amp;"}',
    )
  })
})

describe('the content security policy', () => {
  it('names the hashes of the only script and the only style', () => {
    const script = html.match(/<script>(.*?)<\/script>/s)?.[1] ?? ''
    const style = html.match(/<style>(.*?)<\/style>/s)?.[1] ?? ''
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

    expect(html).toContain(`script-src ${hash(script)};`)
    expect(html).toContain(`style-src ${hash(style)};`)
    expect(script.length).toBeGreaterThan(10_000)
  })

  it('lets a report talk to nobody, and the explorer to its own server', () => {
    expect(contentPolicy(false)).toContain("connect-src 'none'")
    expect(contentPolicy(true)).toContain("connect-src 'self'")
    for (const policy of [contentPolicy(false), contentPolicy(true)]) {
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
    }
  })
})

describe('the document', () => {
  it('names no address but its empty icon', () => {
    const shell = html.replace(carried(html), '').replace(/<script>.*?<\/script>/s, '')

    expect([...shell.matchAll(/(?:src|href|url)\s*[=(]\s*["']?([^"')\s]+)/g)].map((found) => found[1])).toEqual([
      'data:,',
    ])
  })

  it('draws by text nodes only: its sources never parse markup and never evaluate text', () => {
    const folder = new URL('../../src/page/browser/', import.meta.url)
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'))
    const sources = names.map((name) => readFileSync(new URL(name, folder), 'utf8'))

    expect(sources.length).toBeGreaterThan(15)
    for (const source of sources) {
      expect(source).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|javascript:/i,
      )
    }
  })
})
