/**
 * The explorer's server, asked over real connections: what it answers, and everything that it refuses.
 */

import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAnswerer } from '../../src/explorer/answer.ts'
import { type Explorer, serve } from '../../src/explorer/server.ts'
import { describeModel } from '../../src/page/describe-model.ts'
import { renderPage } from '../../src/page/html.ts'
import type { Before, Neighbourhood, PageStep, Starts } from '../../src/page/page-data.ts'
import { buildModel } from '../support/build.ts'
import { hostile } from '../support/hostile.ts'
import { careless } from '../support/preemption.ts'

const models = [buildModel(careless), buildModel(hostile)]
let explorer: Explorer
let address: URL

beforeAll(async () => {
  const page = renderPage({
    version: '0',
    spec: 'x.ts',
    isLive: true,
    notes: [],
    models: models.map((one) => describeModel(one, null)),
  })
  explorer = await serve(page, createAnswerer(models, { workers: 1 }), 0)
  address = new URL(explorer.url)
})
afterAll(() => explorer.close())

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

interface Knock {
  readonly method?: string
  readonly path?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string
}

function knock({ method = 'GET', path = address.pathname, headers = {}, body }: Knock): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = request({ host: '127.0.0.1', port: address.port, method, path, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
    })
    sent.on('error', fail)
    sent.end(body)
  })
}

const json = { 'Content-Type': 'application/json' }
const post = (body: string, headers: OutgoingHttpHeaders = json): Promise<Answer> =>
  knock({ method: 'POST', path: `${address.pathname}ask`, headers, body })

async function ask<T>(question: unknown): Promise<T> {
  const { status, body } = await post(JSON.stringify(question))
  expect([status, status === 200 ? '' : body]).toEqual([200, ''])
  return JSON.parse(body)
}

const stateOf = (steps: readonly PageStep[]): object => Object.assign({}, ...steps.map((step) => step.state))

describe('the explorer refuses', () => {
  it('a wrong token, one of another length and none', async () => {
    const token = address.pathname.split('/')[1] ?? ''
    const wrong = (token.startsWith('A') ? 'B' : 'A') + token.slice(1)
    for (const path of [`/${wrong}/`, `/${token}x/`, '/', `//`, `/${wrong}/ask`]) {
      expect([path, (await knock({ path })).status]).toEqual([path, 403])
    }
    expect((await knock({ method: 'POST', path: `/${wrong}/ask`, headers: json, body: '{}' })).status).toBe(403)
  })

  it.each(['evil.example', `evil.example:1`, `127.0.0.1`, `127.0.0.1.evil.example`])('the Host %s', async (host) => {
    expect((await knock({ headers: { Host: host } })).status).toBe(403)
  })

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])('the Origin %s', async (origin) => {
    expect((await post('{}', { ...json, Origin: origin })).status).toBe(403)
  })

  it.each(['cross-site', 'same-site', 'none'])('a question that the browser calls %s', async (site) => {
    expect((await post('{}', { ...json, 'Sec-Fetch-Site': site })).status).toBe(403)
  })

  it.each(['../package.json', '..%2f..%2fetc%2fpasswd', 'ask/../../etc/passwd', 'page.js', 'ask/', '?x', '%2e%2e/'])(
    'the path %s',
    async (path) => {
      const { status, body } = await knock({ path: address.pathname + path })

      expect(status).toBe(404)
      expect(JSON.parse(body)).toEqual({ refused: 'there is nothing here' })
    },
  )

  it('other methods and other kinds of content', async () => {
    expect((await knock({ method: 'POST' })).status).toBe(405)
    expect((await knock({ path: `${address.pathname}ask` })).status).toBe(405)
    expect((await knock({ method: 'OPTIONS', path: `${address.pathname}ask` })).status).toBe(405)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=x']) {
      expect((await post('{}', { 'Content-Type': type })).status).toBe(415)
    }
  })

  it('a question that is too long, whether or not it says so', async () => {
    const long = JSON.stringify({ ask: 'x'.repeat(2 ** 20) })

    expect((await post(long).catch(() => ({ status: 413 }))).status).toBe(413)
    expect((await post(long, { ...json, 'Transfer-Encoding': 'chunked' }).catch(() => ({ status: 413 }))).status).toBe(
      413,
    )
    expect((await knock({})).status).toBe(200)
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"ask":"eval","model":0}',
    '{"ask":"check","model":-1}',
    '{"ask":"check","model":0.5}',
    '{"ask":"take","model":0,"state":[],"pick":"0"}',
    '{"ask":"run","model":0,"picks":[null]}',
    '['.repeat(100_000),
  ])('the malformed question %.30s', async (text) => {
    expect((await post(text)).status).toBe(400)
  })

  it('bytes that are no request', async () => {
    const answer = await new Promise<string>((done) => {
      const socket = connect(Number(address.port), '127.0.0.1', () => socket.end('\u0000nonsense\r\n\r\n'))
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('close', () => done(text))
    })

    expect(answer).toMatch(/^HTTP\/1.1 400/)
  })

  it('what is no state of the model, and ways that are not there', async () => {
    const steps = await ask<readonly PageStep[]>({ ask: 'run', model: 0, picks: [0] })
    const state = stateOf(steps)
    const refusals = [
      { ask: 'take', model: 0, state: {}, pick: 0 },
      { ask: 'take', model: 0, state: { ...state, mask: null }, pick: 0 },
      { ask: 'take', model: 0, state: { ...state, extra: 1 }, pick: 0 },
      { ask: 'near', model: 0, state: { ...state, current: 'T9' } },
      { ask: 'take', model: 0, state, pick: 999 },
      { ask: 'run', model: 0, picks: [0, 999] },
      { ask: 'run', model: 0, picks: Array(6000).fill(0) },
      { ask: 'check', model: 9 },
    ]

    for (const question of refusals) expect((await post(JSON.stringify(question))).status).toBe(422)
  })
})

describe('the explorer answers', () => {
  it('with the page, under a policy that no page may frame or share', async () => {
    const { status, headers, body } = await knock({})

    expect(status).toBe(200)
    expect(body).toContain('<div id="page">')
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*connect-src 'self'.*frame-ancestors 'none'/)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  it('with the step that a way leads to', async () => {
    const start = await ask<readonly PageStep[]>({ ask: 'run', model: 0, picks: [0] })
    const pick = start[0]?.view?.enabled.findIndex((way) => way.label === 'error')
    const step = await ask<PageStep>({ ask: 'take', model: 0, state: stateOf(start), pick })

    expect(step).toMatchObject({ kind: 'arrival', label: 'error', depth: 1, pick })
    expect(step.state['mask']).toEqual({ A: true, I: true })
    expect(step.view?.enabled.length).toBeGreaterThan(0)
  })

  it('with a shortest way to a state where a condition holds, from the start and from a state', async () => {
    const found = await ask<readonly PageStep[]>({
      ask: 'find',
      model: 0,
      state: null,
      condition: 'mask.A and at(T1, log)',
    })
    expect(found.at(-1)?.state).not.toEqual({})
    const nested = await ask<readonly PageStep[]>({
      ask: 'find',
      model: 0,
      state: stateOf(found.slice(0, 1)),
      condition: 'nesting(T1) = 1',
    })
    expect(nested.map((step) => step.label)).toEqual(['initial state', 'error'])
  })

  it('why a condition cannot be read, or has no state', async () => {
    const refused = async (condition: string): Promise<string> =>
      JSON.parse((await post(JSON.stringify({ ask: 'find', model: 0, state: null, condition }))).body).refused

    expect(await refused('mask.A and process.exit()')).toContain('there is no variable `process`')
    expect(await refused('mask.A and not mask.A')).toContain(
      'no state that can be reached from the initial states satisfies it',
    )
  })

  it('with what lies around a state', async () => {
    const start = await ask<readonly PageStep[]>({ ask: 'run', model: 0, picks: [0] })
    const near = await ask<Neighbourhood>({ ask: 'near', model: 0, state: stateOf(start) })

    expect(near.nodes[0]).toEqual({ distance: 0, picks: [] })
    expect(near.nodes.filter((node) => node.distance === 1).length).toBe(
      new Set(near.links.filter((link) => link.from === 0 && link.to !== 0).map((link) => link.to)).size,
    )
    for (const { from, to } of near.links)
      expect(near.nodes[to]?.distance).toBeLessThanOrEqual((near.nodes[from]?.distance ?? 0) + 1)
  })

  it('with the initial states, by what differs', async () => {
    const starts = await ask<Starts>({ ask: 'starts', model: 0 })

    expect(starts).toEqual({ count: 2, shown: ['current T1', 'current T2'] })
    const second = await ask<readonly PageStep[]>({ ask: 'run', model: 0, picks: [1] })
    expect(second[0]?.state['current']).toBe('T2')
  })

  it('with every step that leads to a state, and a shortest run to where it leads from', async () => {
    const run = await ask<readonly PageStep[]>({ ask: 'find', model: 0, state: null, condition: 'at(T2, work)' })
    const state = stateOf(run)
    const before = await ask<Before>({ ask: 'before', model: 0, state })

    expect(before).toMatchObject({ count: before.steps.length, reason: null })
    expect(before.steps.length).toBeGreaterThan(1)
    expect(before.steps.map(({ way }) => way.label)).toContain(run.at(-1)?.label)
    for (const one of before.steps) {
      const there = await ask<readonly PageStep[]>({ ask: 'reach', model: 0, state: one.state })
      expect(stateOf(there)).toEqual(one.state)
      const { view } = there.at(-1) ?? {}
      const pick = view?.enabled.findIndex((way) => JSON.stringify(way) === JSON.stringify(one.way))
      const step = await ask<PageStep>({ ask: 'take', model: 0, state: one.state, pick })
      expect({ ...one.state, ...step.state }).toEqual(state)
    }
  })

  it('for a model with hostile names as for any other', async () => {
    const steps = await ask<readonly PageStep[]>({ ask: 'run', model: 1, picks: [0, 0, 0] })

    expect(steps).toHaveLength(3)
    expect(Object.hasOwn(steps[0]?.state ?? {}, '__proto__')).toBe(true)
    expect(({} as { readonly pwned?: unknown }).pwned).toBeUndefined()
  })
})
