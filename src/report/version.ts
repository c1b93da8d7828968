/**
 * The tool's version, as its package names it.
 */

import { readFileSync } from 'node:fs'

function read(): string {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const found: unknown = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
      if (
        typeof found === 'object' &&
        found !== null &&
        'version' in found &&
        'name' in found &&
        found.name === 'modelcheck'
      )
        return String(found.version)
    } catch {
      // The bundle lies one folder higher than the source: try both.
    }
  }
  return 'unknown'
}

export const packageVersion = read()
