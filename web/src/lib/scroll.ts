// Owns where a page stands after navigating: at the top when new, where it was when going back.
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useLocation, useNavigationType } from 'react-router'

const positions = new Map<string, number>()

export function useScrollPlace(): void {
  const { key, pathname } = useLocation()
  const kind = useNavigationType()
  const lastPath = useRef<string | null>(null)

  useEffect(() => {
    history.scrollRestoration = 'manual'
  }, [])

  // Before the next page is scrolled to its top: that event would else count as the former page's place.
  useLayoutEffect(() => {
    const remember = () => positions.set(key, window.scrollY)
    window.addEventListener('scroll', remember, { passive: true })
    return () => window.removeEventListener('scroll', remember)
  }, [key])

  useLayoutEffect(() => {
    // A filter changed on the same page leaves it where it is.
    const samePage = lastPath.current === pathname
    lastPath.current = pathname
    if (kind === 'POP') window.scrollTo(0, positions.get(key) ?? 0)
    else if (!samePage) window.scrollTo(0, 0)
  }, [key, kind, pathname])
}
