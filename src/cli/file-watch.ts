/**
 * Waits for a file to be saved. Folders are watched, not files: many editors save by putting a new file in place of the old.
 */

import { type FSWatcher, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** One save often comes as several events. */
const settleMs = 40

export interface FileWatch {
  close(): void
}

/** Calls `onSave` once for each save of any of these files. */
export function watchFiles(files: readonly string[], onSave: () => void): FileWatch {
  let timer: NodeJS.Timeout | undefined
  const folders = [...new Set(files.map((file) => dirname(file)))]
  const watchers = folders.map((folder): FSWatcher => {
    const names = new Set(files.filter((file) => dirname(file) === folder).map((file) => basename(file)))
    return watch(folder, (_, name) => {
      if (name !== null && !names.has(name)) return
      clearTimeout(timer)
      timer = setTimeout(onSave, settleMs)
    })
  })
  return {
    close: () => {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}
