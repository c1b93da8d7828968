/**
 * The page as one self-contained HTML document. Data is JSON inside an inert element; the only script and style that may run
 * are the page's own, named by their hashes in a content security policy. Nothing is loaded from anywhere.
 */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { PageData } from './page-data.ts'

interface Parts {
  readonly script: string
  readonly style: string
}

/** What the build made of `src/page/browser`. The bundled command line lies beside it, the sources do not. */
function readParts(): Parts {
  for (const folder of ['./', '../../dist/']) {
    try {
      const read = (name: string): string => readFileSync(new URL(`${folder}${name}`, import.meta.url), 'utf8')
      return { script: read('page.js'), style: read('page.css') }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
  throw new Error('the page has not been built: dist/page.js is missing')
}

let parts: Parts | null = null

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Allows the page's own script and style, and its own server when there is one; nothing else. */
export function contentPolicy(isLive: boolean): string {
  parts ??= readParts()
  return [
    "default-src 'none'",
    `script-src ${hashOf(parts.script)}`,
    `style-src ${hashOf(parts.style)}`,
    'img-src data:',
    `connect-src ${isLive ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

export function renderPage(data: PageData): string {
  parts ??= readParts()
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(data.isLive)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>modelcheck</title>
<style>${parts.style}</style>
</head>
<body>
<div id="page"></div>
<noscript>This page draws its data by a script of its own.</noscript>
<script type="application/json" id="data">${inertJson(data)}</script>
<script>${parts.script}</script>
</body>
</html>
`
}

/** JSON that cannot end its element, begin a comment, or break a line of an older script parser. */
export function inertJson(data: unknown): string {
  const escapes: { readonly [char: string]: string } = {
    '<': '\\u003c',
    '>': '\\u003e',
    '&': '\\u0026',
    '\u2028': '\\u2028',
    '\u2029': '\\u2029',
  }
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (char) => escapes[char] ?? '')
}
