/**
 * The explorer's server: bound to the loopback, one page, one address for questions, no files.
 */

import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as E from 'fp-ts/Either'
import { contentPolicy } from '../page/html.ts'
import { admit, type Door, maxBodyBytes } from './admission.ts'
import type { Answerer } from './answer.ts'
import { parseQuestion } from './question.ts'

export interface Explorer {
  readonly url: string
  close(): Promise<void>
}

/** `port` 0: any that is free. Rejects when the port cannot be had. */
export async function serve(page: string, answerer: Answerer, port: number): Promise<Explorer> {
  const token = randomBytes(24).toString('base64url')
  const server = createServer({ maxHeaderSize: 8192, requestTimeout: 10_000, headersTimeout: 5000 })
  await listen(server, port)
  const door = { port: (server.address() as AddressInfo).port, token }
  server.on('request', (request, response) => {
    handle(request, response, { door, page, answerer }).catch((error: unknown) => {
      process.stderr.write(
        `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      )
      if (!response.headersSent) refuse(response, 500, 'a bug of modelcheck: see its terminal')
    })
  })
  return {
    url: `http://127.0.0.1:${door.port}/${token}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', fail)
      done()
    })
  })
}

interface House {
  readonly door: Door
  readonly page: string
  readonly answerer: Answerer
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { door, page, answerer }: House,
): Promise<void> {
  const { method = '', url = '', headers } = request
  const admission = admit({ method, url, headers }, door)
  if (admission.kind === 'refused') return refuse(response, admission.status, admission.reason)
  if (admission.kind === 'page') return send(response, 200, 'text/html; charset=utf-8', page)
  const body = await readBody(request)
  if (body === null) return refuse(response, 413, 'the question is too long')
  const question = parseQuestion(body)
  if (E.isLeft(question)) return refuse(response, 400, question.left)
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const answer = await answerer.answer(question.right, gone.signal)
  if (E.isLeft(answer)) return refuse(response, 422, answer.left)
  send(response, 200, 'application/json', JSON.stringify(answer.right))
}

/** Null when there is more than may be. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  // What is left of the request is not read.
  if (status === 413) response.setHeader('Connection', 'close')
  send(response, status, 'application/json', JSON.stringify({ refused: reason }))
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Security-Policy': `${contentPolicy(true)}; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  })
  response.end(body)
}
