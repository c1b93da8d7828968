/**
 * The keys, in a dialog that the browser keeps accessible.
 */

import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { keyTable } from './keys.ts'

interface HelpShown {
  readonly isOpen: boolean
  readonly isLive: boolean
  readonly onClose: () => void
}

export function Help({ isOpen, isLive, onClose }: HelpShown): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  return (
    <dialog ref={dialog} class="help" aria-label="Keyboard" onClose={onClose}>
      <h2>Keyboard</h2>
      <dl>
        {keyTable.map(({ shown, does }) => (
          <div key={shown}>
            <dt>
              <kbd>{shown}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
        {isLive ? (
          <div>
            <dt>
              <kbd>1</kbd>–<kbd>9</kbd>
            </dt>
            <dd>take that way</dd>
          </div>
        ) : null}
      </dl>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  )
}
