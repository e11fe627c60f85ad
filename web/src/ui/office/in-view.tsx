// Owns that something heavy is made only when it comes into view; once there, it stays.
import { type ReactNode, useEffect, useRef, useState } from 'react'

interface InViewProps {
  /** Kept free until then, so that nothing jumps. */
  readonly height: number
  readonly children: ReactNode
}

/** A strip at the window's lower end isn't worth fetching it for. */
const edge = 100

export function InView({ height, children }: InViewProps) {
  const place = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (!place.current) return
    const onChange = (entries: readonly IntersectionObserverEntry[]) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true)
    }
    const observer = new IntersectionObserver(onChange, { rootMargin: `0px 0px -${edge}px` })
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={place} style={seen ? undefined : { minHeight: height }}>
      {seen && children}
    </div>
  )
}
