// Owns what the printer gets instead of the page: its paper, and nothing else of what is on the screen.
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'

import styles from './print-only.module.css'

const PIXELS_PER_MM = 96 / 25.4

interface PrintOnlyProps {
  /** Of the paper, in millimetres; without a height it is a roll, cut after what is printed. */
  readonly width: number
  readonly height?: number
  readonly children: ReactNode
}

/** It stands beside the page, unseen: so the browser's own print command prints it too. */
export function PrintOnly({ width, height, children }: PrintOnlyProps) {
  const box = useRef<HTMLDivElement>(null)
  const length = useLength(box, height === undefined)
  const isRoll = height === undefined
  return createPortal(
    <div
      ref={box}
      className={isRoll ? styles.roll : styles.sheet}
      {...(isRoll && { style: { width: `${width}mm` } })}
      data-print-sheet=""
      aria-hidden="true"
    >
      <style>{printRules(width, height ?? length)}</style>
      {children}
    </div>,
    document.body,
  )
}

/** A page's size has no "as long as needed", so what is printed on a roll is measured. */
function useLength(box: RefObject<HTMLDivElement | null>, wanted: boolean): number {
  const [length, setLength] = useState(100)
  useEffect(() => {
    if (!wanted || !box.current) return
    const observer = new ResizeObserver(([entry]) => {
      // While it is printed its size is the paper's, not its own.
      if (!entry || matchMedia('print').matches) return
      setLength(Math.ceil(entry.contentRect.height / PIXELS_PER_MM) + 1)
    })
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [box, wanted])
  return length
}

/** Only while it is on the page: other pages print as ever. */
function printRules(width: number, height: number): string {
  return `@page { size: ${width}mm ${height}mm; margin: 0 }
@media print { body { background: #fff } body > :not([data-print-sheet]) { display: none !important } }`
}
