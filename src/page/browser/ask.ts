/**
 * Questions to the explorer's server, beside the page.
 */

/** Rejects with the server's own words when it refuses. */
export async function ask<T>(
  question: { readonly ask: string } & { readonly [part: string]: unknown },
  signal?: AbortSignal,
): Promise<T> {
  const response = await fetch('ask', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(question),
    ...(signal === undefined ? {} : { signal }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(String(answer.refused))
  return answer
}
