/**
 * Paths as they are shown: from the working directory, with slashes.
 */

import { relative } from 'node:path'

export function shownPath(path: string): string {
  return relative(process.cwd(), path).replaceAll('\\', '/') || path
}
