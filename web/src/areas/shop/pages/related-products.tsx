// Owns a few products of the same category below a product.
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../../src/modules/inventory/schema.ts'
import { ProductCard } from '../../../features/inventory/product-card.tsx'
import { useProducts } from '../../../features/inventory/queries.ts'
import { addOne } from './add-one.ts'
import styles from './product-grid.module.css'

const most = 5

export function RelatedProducts({ product }: { product: InventoryItem }) {
  const { t } = useTranslation()
  const products = useProducts({ category: product.category, sort: 'name' })
  const related = products.items
    .filter((other) => other.product_id !== product.product_id)
    .slice(0, most)
  if (related.length === 0) return null
  return (
    <section className={styles.related}>
      <h2>{t('product.related')}</h2>
      <ul className={styles.grid}>
        {related.map((other) => (
          <li key={other.product_id}>
            <ProductCard product={other} eager={false} heading="h3" onAdd={addOne} />
          </li>
        ))}
      </ul>
    </section>
  )
}
