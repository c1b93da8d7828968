/**
 * Peers that are crates: a small program of ours around each, which cargo builds.
 */

import { join } from 'node:path'
import { succeed } from '../measure.ts'

/** The program `peer` of the package in a folder; null when cargo, or what the package needs, cannot be had. */
export async function builtByCargo(folder: string, target: string): Promise<string | null> {
  const flags = ['build', '--release', '--quiet', '--target-dir', target]
  try {
    await succeed({ program: 'cargo', arguments: flags, folder })
    return join(target, 'release', 'peer')
  } catch {
    return null
  }
}
