/**
 * Questions to the explorer's server, beside the page.
 */

export type Question = { readonly ask: string } & { readonly [part: string]: unknown }

/** Rejects with the server's own words when it refuses. */
export async function ask<T>(question: Question, signal?: AbortSignal): Promise<T> {
  const response = await answered({
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(question),
    ...(signal === undefined ? {} : { signal }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(String(answer.refused))
  return answer
}

const noServer = 'The explorer does not answer: it has ended. Start it again, and open the address that it prints.'

/** The browser's own words for a server that has gone help nobody. */
function answered(options: RequestInit): Promise<Response> {
  return fetch('ask', options).catch((error: unknown) => {
    throw error instanceof TypeError ? new Error(noServer) : error
  })
}

/** Why a question has no answer, for the reader of the page. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
