/**
 * The explorer as a user starts it: a process that prints its address.
 */

import { type ChildProcess, spawn } from 'node:child_process'

export interface ExplorerProcess {
  readonly process: ChildProcess
  readonly url: string
}

/** `parameters`: the spec and its options. Rejects if it ends before it has printed an address. */
export async function startExplorer(parameters: readonly string[]): Promise<ExplorerProcess> {
  const explorer = spawn(process.execPath, ['dist/cli.cjs', 'explore', ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((done, fail) => {
    let said = ''
    explorer.once('exit', (code) => fail(new Error(`the explorer ended with exit code ${code}: ${said}`)))
    explorer.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      // The whole line has come.
      const found = /(http:\S+)\n/.exec(said)
      if (found?.[1] !== undefined) done(found[1])
    })
  })
  return { process: explorer, url }
}
