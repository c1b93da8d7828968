/**
 * A state graph in the language of Graphviz. Source: https://graphviz.org/doc/info/lang.html.
 */

import { oneLine } from './inert.ts'
import type { StateGraph } from './state-graph.ts'

export function toDot(name: string, graph: StateGraph): string {
  const nodes = graph.nodes.map(({ lines, isInitial, isBad }, i) => {
    const style = [...(isInitial ? ['penwidth=2.5'] : []), ...(isBad ? ['fillcolor="#f9d0d0"', 'color="#b00020"'] : [])]
    return `  s${i} [${[`label=${quoted(lines)}`, ...style].join(', ')}]`
  })
  const edges = graph.edges.map(({ from, to, labels }) => `  s${from} -> s${to} [label=${quoted(labels.map(apart))}]`)
  return [
    `digraph ${quoted([name])} {`,
    '  node [shape=box, style="rounded,filled", fillcolor="#f4f4f4", fontname="sans-serif", fontsize=10]',
    '  edge [fontname="sans-serif", fontsize=9]',
    ...nodes,
    ...edges,
    '}',
  ].join('\n')
}

/** Graphviz sets labels of edges so close that they touch the lines. */
const apart = (label: string): string => `  ${label}  `

/** Lines of a label. Graphviz reads escapes and HTML entities inside a string. */
function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    oneLine(line).replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"'),
  )
  return `"${escaped.join('\\n')}"`
}
