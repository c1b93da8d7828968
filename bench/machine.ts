/**
 * What a figure is worth nothing without: the machine, the day and the versions.
 */

import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import type { Tool } from './tool.ts'

export function machineText(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  return `${cpus().length} cores of ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`
}

export function commitText(): string {
  try {
    return execFileSync('git', ['log', '-1', '--format=%h of %cs'], { encoding: 'utf8' }).trim()
  } catch {
    return 'no commit'
  }
}

/** Tools that are here, and a line for each that is and is not. */
export async function present(
  tools: readonly Tool[],
): Promise<{ readonly here: readonly Tool[]; readonly lines: string }> {
  const versions = await Promise.all(tools.map((tool) => tool.version()))
  return {
    here: tools.filter((_, i) => versions[i] !== null),
    lines: tools
      .map((tool, i) => `- ${tool.name}: ${versions[i] ?? 'skipped, it is not installed and cannot be'}`)
      .join('\n'),
  }
}
