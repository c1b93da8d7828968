/**
 * Where the focus goes when another view opens.
 */

import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Tab } from './permalink.ts'

/** What holds the view is given the focus when the element that had it is gone with the view before: reading and Tab go on there. */
export function useFocus(tab: Tab): RefObject<HTMLElement | null> {
  const holder = useRef<HTMLElement>(null)
  const before = useRef(tab)
  useLayoutEffect(() => {
    if (tab !== before.current && document.activeElement === document.body)
      holder.current?.focus({ preventScroll: true })
    before.current = tab
  }, [tab])
  return holder
}
