// Owns the lines of the cart: what, how many, at which price, and what changed since.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { productName, useFormat } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Picture } from '../../ui/picture.tsx'
import { Stepper } from '../../ui/stepper.tsx'
import styles from './cart-lines.module.css'
import type { CheckedLine } from './cart-rules.ts'
import { maxQuantity, setQuantity } from './cart-store.ts'

export function CartLines({ lines }: { lines: readonly CheckedLine[] }) {
  return (
    <ul className={styles.lines}>
      {lines.map((line) => (
        <CartRow key={line.line.product_id} checked={line} />
      ))}
    </ul>
  )
}

function CartRow({ checked }: { checked: CheckedLine }) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const { line, product, available } = checked
  const name = productName(product)
  return (
    <li className={styles.line}>
      <div className={styles.picture}>
        <Picture src={product.image_url} />
      </div>
      <div className={styles.what}>
        <Link to={`/products/${product.product_id}`} className={styles.name}>
          {name}
        </Link>
        <p className={styles.price}>
          {money(product.price_cents)}
          {checked.formerPriceCents !== null && (
            <del className={styles.former}>{money(checked.formerPriceCents)}</del>
          )}
        </p>
        <LineProblem checked={checked} />
      </div>
      <div className={styles.how}>
        <Stepper
          label={t('cart.quantityOf', { name })}
          value={line.quantity}
          max={available === null ? maxQuantity : Math.max(available, line.quantity)}
          onChange={(quantity) => setQuantity(line.product_id, quantity)}
        />
        <Button
          tone="quiet"
          size="sm"
          onClick={() => setQuantity(line.product_id, 0)}
          aria-label={t('cart.removeNamed', { name })}
        >
          {t('actions.remove')}
        </Button>
      </div>
    </li>
  )
}

function LineProblem({ checked: { line, problem, available } }: { checked: CheckedLine }) {
  const { t } = useTranslation()
  if (problem === 'sold_out') return <p className={styles.problem}>{t('cart.soldOut')}</p>
  if (problem !== 'too_few' || available === null) return null
  return (
    <p className={styles.problem}>
      {t('cart.tooFew', { count: available })}{' '}
      <button
        type="button"
        className={styles.fix}
        onClick={() => setQuantity(line.product_id, available)}
      >
        {t('cart.setTo', { count: available })}
      </button>
    </p>
  )
}
