/**
 * Who may speak to the explorer: this machine's browser, with the token of this run, from the explorer's own page, about one of
 * two addresses. Everything else is refused before a byte of it is read further.
 */

import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export interface Door {
  readonly port: number
  readonly token: string
}

export interface Knock {
  readonly method: string
  /** As it was sent: neither decoded nor normalised. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
}

export type Admission =
  | { readonly kind: 'page' }
  | { readonly kind: 'ask' }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }

/** A state of a large model has a few kilobytes. */
export const maxBodyBytes = 2 ** 20

export function admit({ method, url, headers }: Knock, door: Door): Admission {
  const refused = (status: number, reason: string): Admission => ({ kind: 'refused', status, reason })
  const hosts = [`127.0.0.1:${door.port}`, `localhost:${door.port}`]
  if (!hosts.includes(headers.host ?? '')) return refused(403, 'this is not the name of the explorer')
  if (headers.origin !== undefined && !hosts.some((host) => headers.origin === `http://${host}`)) {
    return refused(403, 'another page may not ask')
  }
  const [token = '', ...rest] = url.slice(1).split('/')
  if (!isSame(token, door.token)) return refused(403, 'the token is wrong: use the address that was printed')
  const path = rest.join('/')
  if (path === '') return method === 'GET' ? { kind: 'page' } : refused(405, 'the page can only be read')
  if (path !== 'ask') return refused(404, 'there is nothing here')
  if (method !== 'POST') return refused(405, 'questions are posted')
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return refused(403, 'another page may not ask')
  if (headers['content-type'] !== 'application/json') return refused(415, 'questions are JSON')
  if (Number(headers['content-length'] ?? 0) > maxBodyBytes) return refused(413, 'the question is too long')
  return { kind: 'ask' }
}

/** Takes as long for every wrong token of the right length. */
function isSame(given: string, wanted: string): boolean {
  const left = Buffer.from(given)
  const right = Buffer.from(wanted)
  return left.length === right.length && timingSafeEqual(left, right)
}
