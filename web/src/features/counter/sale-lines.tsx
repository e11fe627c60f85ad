// Owns the lines of the sale at hand: the selected one is what keys work on.
import { type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { productName, useFormat } from '../../lib/format.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useCatalogue } from './catalogue.ts'
import { type Draft, type DraftLine, draftSums, grossOf } from './draft.ts'
import styles from './sale-lines.module.css'

interface SaleLinesProps {
  readonly draft: Draft
  /** Who may add products. */
  readonly isManager: boolean
  /** The quantity of the selected line. */
  readonly quantityField: RefObject<HTMLInputElement | null>
  readonly onSelect: (productId: number) => void
  readonly onQuantity: (productId: number, quantity: number) => void
  readonly onRemove: (productId: number) => void
  /** Back to where scanners type. */
  readonly onDone: () => void
}

export function SaleLines({ draft, isManager, ...actions }: SaleLinesProps) {
  const { t } = useTranslation()
  const sums = draftSums(draft)
  if (draft.lines.length === 0) {
    return <NoLines isManager={isManager} />
  }
  return (
    <ol className={styles.lines} aria-label={t('counter.lines')}>
      {draft.lines.map((line, index) => (
        <Line
          key={line.product.product_id}
          line={line}
          off={sums.own[index] ?? 0}
          selected={line.product.product_id === draft.selected}
          {...actions}
        />
      ))}
    </ol>
  )
}

/** A shop that has just opened has nothing to scan yet. */
function NoLines({ isManager }: { isManager: boolean }) {
  const { t } = useTranslation()
  const { known, reading, entries } = useCatalogue()
  const hasNone = known && entries.length === 0
  const noneText = isManager ? 'counter.noProductsText' : 'counter.noProductsClerk'
  const title = reading ? 'counter.loadingProducts' : 'counter.empty'
  return (
    <div className={styles.empty}>
      <Icon name="store" size={40} />
      <h2>{t(hasNone ? 'counter.noProducts' : title)}</h2>
      <p>{t(hasNone ? noneText : 'counter.emptyText')}</p>
      {hasNone && isManager && (
        <LinkButton to="/office/stock?edit=new" tone="primary">
          {t('counter.addProduct')}
        </LinkButton>
      )}
    </div>
  )
}

interface LineProps extends Omit<SaleLinesProps, 'draft' | 'isManager'> {
  readonly line: DraftLine
  readonly off: number
  readonly selected: boolean
}

function Line({ line, off, selected, onSelect, onQuantity, onRemove, ...rest }: LineProps) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const { product, quantity, discount } = line
  const name = productName(product)
  return (
    <li
      className={selected ? `${styles.line} ${styles.selected}` : styles.line}
      aria-current={selected || undefined}
      ref={(element) => {
        if (selected) element?.scrollIntoView({ block: 'nearest' })
      }}
      onClick={() => onSelect(product.product_id)}
    >
      <div className={styles.name}>
        <span>{name}</span>
        <small>
          {product.sku}
          {product.quantity < quantity && (
            <em className={styles.short}>{t('counter.overStock', { count: product.quantity })}</em>
          )}
        </small>
      </div>
      <Quantity
        field={selected ? rest.quantityField : null}
        label={t('cart.quantityOf', { name })}
        value={quantity}
        onChange={(next) => onQuantity(product.product_id, next)}
        onDone={rest.onDone}
      />
      <span className={styles.price}>× {money(product.price_cents)}</span>
      <div className={styles.sum}>
        <strong>{money(grossOf(line) - off)}</strong>
        {off > 0 && discount && (
          <small>
            −{money(off)} {t(`counter.reasons.${discount.reason}`)}
          </small>
        )}
      </div>
      <button
        type="button"
        className={styles.remove}
        aria-label={t('cart.removeNamed', { name })}
        onClick={(event) => {
          event.stopPropagation()
          onRemove(product.product_id)
        }}
      >
        <Icon name="close" size={18} />
      </button>
    </li>
  )
}

interface QuantityProps {
  readonly field: RefObject<HTMLInputElement | null> | null
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
  readonly onDone: () => void
}

function Quantity({ field, label, value, onChange, onDone }: QuantityProps) {
  // While typing, the field may hold what isn't a quantity yet.
  const [typed, setTyped] = useState<string | null>(null)
  const keep = () => {
    if (typed !== null && /^\d{1,5}$/.test(typed) && Number(typed) > 0) onChange(Number(typed))
    setTyped(null)
  }
  return (
    <input
      {...(field && { ref: field })}
      className={styles.quantity}
      inputMode="numeric"
      autoComplete="off"
      aria-label={label}
      value={typed ?? value}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        event.preventDefault()
        if (event.key === 'Enter') keep()
        else setTyped(null)
        onDone()
      }}
    />
  )
}
