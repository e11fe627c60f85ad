// Owns what the printer gets: the labels on their pages and nothing else of the page they were made on.
import { createPortal } from 'react-dom'

import { Label, type LabelText } from './label.tsx'
import type { LabelSize } from './label-sizes.ts'
import styles from './print-sheet.module.css'

interface PrintSheetProps {
  readonly pages: readonly (readonly (LabelText | null)[])[]
  readonly size: LabelSize
}

/** It stands beside the page, unseen: so the browser's own print command prints labels too. */
export function PrintSheet({ pages, size }: PrintSheetProps) {
  const { page, columns, width, height } = size
  const paper = { width: `${page.width}mm`, height: `${page.height}mm` }
  return createPortal(
    <div className={styles.sheet} data-print-sheet="" aria-hidden="true">
      <style>{printRules(page)}</style>
      {pages.map((places, number) => (
        <div
          key={number}
          className={styles.page}
          style={{
            ...paper,
            gridTemplateColumns: `repeat(${columns}, ${width}mm)`,
            gridAutoRows: `${height}mm`,
          }}
        >
          {places.map((text, place) =>
            text ? <Label key={place} text={text} size={size} /> : <span key={place} />,
          )}
        </div>
      ))}
    </div>,
    document.body,
  )
}

/** Only while labels are on the page: other pages print as ever. */
function printRules({ width, height }: LabelSize['page']): string {
  return `@page { size: ${width}mm ${height}mm; margin: 0 }
@media print { body { background: #fff } body > :not([data-print-sheet]) { display: none !important } }`
}
