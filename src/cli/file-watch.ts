/**
 * Waits for a file to be saved. Folders are watched, not files: many editors save by putting a new file in place of the old.
 */

import { existsSync, type FSWatcher, watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import { problem, SpecError } from '../model/problem.ts'
import { systemReason } from './system-reason.ts'

/** One save often comes as several events. */
const settleMs = 40

export interface FileWatch {
  close(): void
}

/** Calls `onSave` once for each save of any of these files. Throws `SpecError` (MC401) where the system does not watch. */
export function watchFiles(files: readonly string[], onSave: () => void): FileWatch {
  let timer: NodeJS.Timeout | undefined
  const watchers: FSWatcher[] = []
  const close = (): void => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
  const places = files.map(placeOf)
  for (const folder of new Set(places.map((place) => place.folder))) {
    const names = new Set(places.filter((place) => place.folder === folder).map(({ name }) => name))
    const onEvent = (_: unknown, name: string | null): void => {
      if (name !== null && !names.has(name)) return
      clearTimeout(timer)
      timer = setTimeout(onSave, settleMs)
    }
    try {
      watchers.push(watch(folder, onEvent))
    } catch (error) {
      close()
      const hint = 'Let it be read, or raise fs.inotify.max_user_watches and max_user_instances.'
      throw new SpecError(problem('MC401', `${folder} cannot be watched: ${systemReason(error)}`, hint))
    }
  }
  return { close }
}

/** The folder to watch and the name to wait for there: where the file's own folder has gone, the next one upwards that has not. */
function placeOf(file: string): { readonly folder: string; readonly name: string } {
  const folder = dirname(file)
  return existsSync(folder) || folder === file ? { folder, name: basename(file) } : placeOf(folder)
}
