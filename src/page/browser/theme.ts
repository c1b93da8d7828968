/**
 * Light or dark: as the system says, until the reader says otherwise.
 */

import { useEffect, useState } from 'preact/hooks'

type Theme = 'light' | 'dark'

const key = 'modelcheck-theme'

/** Storage may be forbidden, as in a file that was opened from a mail. */
function remembered(): Theme | null {
  try {
    const found = localStorage.getItem(key)
    return found === 'light' || found === 'dark' ? found : null
  } catch {
    return null
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(key, theme)
  } catch {
    // Then it lasts as long as the page.
  }
}

export function useTheme(): { readonly switchTheme: () => void } {
  const [theme, setTheme] = useState<Theme | null>(remembered)
  useEffect(() => {
    if (theme !== null) document.documentElement.dataset['theme'] = theme
  }, [theme])
  return {
    switchTheme: () => {
      const isDark = theme === null ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
      const next = isDark ? 'light' : 'dark'
      remember(next)
      setTheme(next)
    },
  }
}
