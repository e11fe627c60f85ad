// Owns a product's page: all about it, and into the cart.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'

import type { InventoryItem } from '../../../../../src/modules/inventory/schema.ts'
import { maxQuantity } from '../../../features/cart/cart-store.ts'
import { useProduct } from '../../../features/inventory/queries.ts'
import { StockBadge } from '../../../features/inventory/stock-status.tsx'
import { termName } from '../../../features/inventory/terms.ts'
import { productName, useFormat } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { Gallery } from '../../../ui/gallery.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { ErrorState } from '../../../ui/states.tsx'
import { Stepper } from '../../../ui/stepper.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { addOrSayWhyNot } from './add-one.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { RelatedProducts } from './related-products.tsx'
import styles from './product-page.module.css'

export function ProductPage() {
  const productId = Number(useParams().productId)
  if (!Number.isSafeInteger(productId) || productId < 1) return <NotFoundPage />
  return <ProductById key={productId} productId={productId} />
}

function ProductById({ productId }: { productId: number }) {
  const product = useProduct(productId)
  if (product.isPending) return <Skeleton height={420} />
  if (product.data === undefined) {
    return <ErrorState error={product.error} onRetry={() => void product.refetch()} />
  }
  if (product.data === null) return <NotFoundPage />
  return (
    <>
      <ProductView product={product.data} />
      <RelatedProducts product={product.data} />
    </>
  )
}

function ProductView({ product }: { product: InventoryItem }) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const name = productName(product)
  return (
    <article className={styles.product}>
      <div className={styles.picture}>
        <Gallery pictures={product.image_urls} name={name} />
      </div>
      <div className={styles.about}>
        <PageHeader
          title={name}
          back={
            product.category === ''
              ? { to: '/', label: t('catalogue.all') }
              : {
                  to: `/?category=${encodeURIComponent(product.category)}`,
                  label: termName(product.category),
                }
          }
        />
        <p className={styles.price}>
          {money(product.price_cents)} <span>/ {termName(product.unit)}</span>
        </p>
        <p aria-live="polite">
          <StockBadge product={product} />
          {product.quantity !== undefined && product.stock_status === 'in_stock' && (
            <span className={styles.left}>{t('stock.left', { count: product.quantity })}</span>
          )}
        </p>
        {product.description !== '' && <p className={styles.description}>{product.description}</p>}
        <dl className={styles.facts}>
          <dt>{t('product.sku')}</dt>
          <dd>{product.sku}</dd>
          {product.barcode && (
            <>
              <dt>{t('product.barcode')}</dt>
              <dd>{product.barcode}</dd>
            </>
          )}
        </dl>
        <BuyBar product={product} />
      </div>
    </article>
  )
}

function BuyBar({ product }: { product: InventoryItem }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [quantity, setQuantity] = useState(1)
  const max = Math.min(product.quantity ?? maxQuantity, maxQuantity)

  if (product.stock_status === 'out_of_stock' || !product.active) {
    return (
      <div className={styles.buy}>
        <Button size="lg" wide disabled>
          {product.active ? t('stock.status.out_of_stock') : t('product.archived')}
        </Button>
      </div>
    )
  }
  // Others may have bought some since it was chosen.
  const chosen = Math.min(quantity, Math.max(max, 1))
  const add = () => addOrSayWhyNot(product, chosen)
  return (
    <div className={styles.buy}>
      <Stepper label={t('product.quantity')} value={chosen} max={max} onChange={setQuantity} />
      <Button
        size="lg"
        onClick={() => add() && showToast({ tone: 'good', text: t('cart.added'), to: '/cart' })}
      >
        {t('product.addToCart')}
      </Button>
      <Button size="lg" tone="primary" onClick={() => add() && void navigate('/checkout')}>
        {t('product.buyNow')}
      </Button>
    </div>
  )
}
