/**
 * How a saved trace names its spec: the same on every machine and from every working directory, and found again from there.
 */

import { existsSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'

/** The path from the package that the spec belongs to; outside of any package the name of the file. */
export function originOf(spec: string): string {
  const path = resolve(spec)
  const root = packageOf(dirname(path))
  return root === null ? basename(path) : relative(root, path).replaceAll('\\', '/')
}

/** The spec that a trace names, sought from the package of the trace, that of the working directory, the two folders, and the one above the trace. */
export function findOrigin(origin: string, trace: string): string | null {
  const folder = dirname(resolve(trace))
  const bases = [packageOf(folder), packageOf(process.cwd()), process.cwd(), folder, dirname(folder)]
  const paths = bases.flatMap((base) => (base === null ? [] : [join(base, origin)]))
  return paths.find((path) => existsSync(path)) ?? null
}

/** The nearest folder upwards with a package.json. */
function packageOf(folder: string): string | null {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  return parent === folder ? null : packageOf(parent)
}
