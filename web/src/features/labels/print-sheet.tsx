// Owns the labels on their pages as the printer gets them.
import { PrintOnly } from '../../ui/office/print-only.tsx'
import { Label, type LabelText } from './label.tsx'
import type { LabelSize } from './label-sizes.ts'
import styles from './print-sheet.module.css'

interface PrintSheetProps {
  readonly pages: readonly (readonly (LabelText | null)[])[]
  readonly size: LabelSize
}

export function PrintSheet({ pages, size }: PrintSheetProps) {
  const { page, columns, width, height } = size
  const paper = { width: `${page.width}mm`, height: `${page.height}mm` }
  return (
    <PrintOnly {...page}>
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
    </PrintOnly>
  )
}
