// Owns a product in the catalogue: picture, name, price, whether there is any, and a quick way to the cart.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { productName, useFormat } from '../../lib/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Picture } from '../../ui/picture.tsx'
import styles from './product-card.module.css'
import { StockBadge } from './stock-status.tsx'
import { termName } from './terms.ts'

interface ProductCardProps {
  readonly product: InventoryItem
  readonly eager: boolean
  /** The level below the heading it stands under. */
  readonly heading: 'h2' | 'h3'
  readonly onAdd: (product: InventoryItem) => void
}

export function ProductCard({ product, eager, heading: Heading, onAdd }: ProductCardProps) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const name = productName(product)
  const soldOut = product.stock_status === 'out_of_stock'
  return (
    <article className={styles.card} data-sold-out={soldOut || undefined}>
      <div className={styles.picture}>
        <Picture src={product.image_url} eager={eager} />
        {product.stock_status !== 'in_stock' && (
          <span className={styles.badge}>
            <StockBadge product={product} />
          </span>
        )}
      </div>
      <Heading className={styles.name}>
        <Link to={`/products/${product.product_id}`}>{name}</Link>
      </Heading>
      <div className={styles.foot}>
        <p className={styles.price}>
          {money(product.price_cents)}{' '}
          <span className={styles.unit}>/ {termName(product.unit)}</span>
        </p>
        <button
          type="button"
          className={styles.add}
          disabled={soldOut}
          onClick={() => onAdd(product)}
          aria-label={t('catalogue.addNamed', { name })}
        >
          <Icon name="plus" size={20} />
        </button>
      </div>
    </article>
  )
}
