/**
 * The name of the file of a counterexample: <spec>.<model>.<property>.json, in letters, digits and dashes.
 */

/** A name, and all of its kind that there are. */
interface Named {
  readonly name: string
  readonly among: readonly string[]
}

export function traceFileName(spec: string, model: Named, property: Named): string {
  return `${traceFileBeginning(spec, model)}${distinctSlug(property)}.json`
}

/** With what the names of all counterexamples of a model begin. */
export function traceFileBeginning(spec: string, model: Named): string {
  const base = spec.replace(/^.*[\\/]/, '').replace(/\.[cm]?[jt]s$/, '')
  return `${slug(base)}.${distinctSlug(model)}.`
}

/** Of names that look alike the later ones are numbered: no counterexample takes the file of another. */
function distinctSlug({ name, among }: Named): string {
  const taken = new Set<string>()
  for (const one of among) {
    const alike = slug(one)
    let free = alike
    for (let n = 2; taken.has(free); n++) free = `${alike}-${n}`
    if (one === name) return free
    taken.add(free)
  }
  return slug(name)
}

/** At most so many bytes: three parts and their endings are a file name everywhere. */
const slugBytes = 64

function slug(text: string): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+/, '')
  let kept = ''
  for (const letter of words) {
    if (Buffer.byteLength(kept + letter) > slugBytes) break
    kept += letter
  }
  return kept.replace(/-+$/, '') || 'unnamed'
}
