// Owns the sheet that is carried along the shelves: products by name, with room for what is found. It doesn't say
// what should be there: who knows it counts less carefully.
import { useTranslation } from 'react-i18next'

import type {
  StockCount,
  StockCountLine,
} from '../../../../src/modules/inventory/stock-counts-schema.ts'
import { productName, useFormat } from '../../lib/format.ts'
import { PrintOnly } from '../../ui/office/print-only.tsx'
import styles from './count-work.module.css'
import { CountFacts, CountName } from './counts-list.tsx'
import { termName } from './terms.ts'

interface CountSheetProps {
  readonly count: StockCount
  readonly lines: readonly StockCountLine[]
}

export function CountSheet({ count, lines }: CountSheetProps) {
  const { t, i18n } = useTranslation()
  const { number } = useFormat()
  const order = new Intl.Collator(i18n.language).compare
  const sorted = lines.toSorted((a, b) => order(productName(a), productName(b)))
  return (
    <PrintOnly width={210} height={297}>
      <article className={styles.sheet}>
        <h1>
          {t('count.printed')} {count.count_id} · <CountName count={count} />
        </h1>
        <CountFacts count={count} />
        <p>{t('count.sheetBy')}</p>
        <table>
          <thead>
            <tr>
              <th>{t('office.product')}</th>
              <th>{t('product.sku')}</th>
              <th>{t('product.barcode')}</th>
              <th className={styles.blank}>{t('count.counted')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((line) => (
              <tr key={line.product_id}>
                <td>
                  {productName(line)} / {termName(line.unit)}
                </td>
                <td>{line.sku}</td>
                <td>{line.barcode}</td>
                <td className={styles.blank}>
                  {line.counted === null ? '' : number(line.counted)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </article>
    </PrintOnly>
  )
}
