// Owns how many labels each product gets.
import { InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'

import type { LabelProduct } from './label-maker.tsx'
import styles from './label-maker.module.css'

const MOST_EACH = 500

interface CopiesTableProps {
  readonly products: readonly LabelProduct[]
  readonly copiesOf: (productId: number) => number
  readonly onChange: (copies: ReadonlyMap<number, number>) => void
}

export function CopiesTable({ products, copiesOf, onChange }: CopiesTableProps) {
  const { t } = useTranslation()
  const set = (changed: readonly number[], copies: number) =>
    onChange(
      new Map(
        products.map(({ productId: id }) => [id, changed.includes(id) ? copies : copiesOf(id)]),
      ),
    )
  const field = { min: 0, max: MOST_EACH, precision: 0 }
  return (
    <div>
      <h3 className={styles.heading}>{t('labels.copies')}</h3>
      {products.length > 1 && (
        <label className={styles.all}>
          {t('labels.copiesAll')}
          <InputNumber
            {...field}
            onChange={(copies) =>
              set(
                products.map(({ productId }) => productId),
                copies ?? 0,
              )
            }
          />
        </label>
      )}
      <ul className={styles.copies}>
        {products.map(({ productId, name, barcode, sku }) => (
          <li key={productId}>
            <span className={styles.product}>
              {name}
              <small>{barcode ?? sku}</small>
            </span>
            <InputNumber
              {...field}
              aria-label={t('labels.copiesOf', { name })}
              value={copiesOf(productId)}
              onChange={(copies) => set([productId], copies ?? 0)}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}
