// Owns what one line below the search says.
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { Suggestion } from '../../../../src/modules/inventory/schema.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { useFormat } from '../../lib/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Picture } from '../../ui/picture.tsx'
import { MarkedText } from './marked-text.tsx'
import styles from './search-field.module.css'
import type { SearchOption } from './suggestions.ts'
import { termName } from './terms.ts'

interface OptionViewProps {
  readonly id: string
  readonly option: SearchOption
  readonly active: boolean
  readonly onChoose: () => void
}

export function OptionView({ id, option, active, onChoose }: OptionViewProps) {
  const line = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (active) line.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    // Keys work on the field, which names the line that they are on.
    <li
      ref={line}
      id={id}
      role="option"
      aria-selected={active}
      className={styles.option}
      data-kind={option.kind}
      onClick={onChoose}
    >
      <Content option={option} />
    </li>
  )
}

function Content({ option }: { option: SearchOption }): ReactNode {
  const { t } = useTranslation()
  switch (option.kind) {
    case 'recent':
      return (
        <>
          <Icon name="again" size={18} />
          <span className={styles.words}>{option.text}</span>
        </>
      )
    case 'forget':
      return t('catalogue.forgetRecent')
    case 'category':
      return (
        <>
          <Icon name="box" size={18} />
          <span className={styles.words}>
            <MarkedText text={termName(option.category)} marks={option.marks} />
          </span>
          <small>{t('catalogue.category')}</small>
        </>
      )
    case 'product':
      return <ProductLine product={option.product} />
    case 'all':
      return (
        <>
          <Icon name="search" size={18} />
          <span className={styles.words}>{t('catalogue.searchFor', { text: option.text })}</span>
        </>
      )
  }
}

function ProductLine({ product }: { product: Suggestion }) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const english = currentLanguage() === 'en' && product.name_en !== ''
  const { product_name, name_en } = product.marks
  const names = [
    { text: product.product_name, marks: product_name },
    { text: product.name_en, marks: name_en },
  ] as const
  const [first, second] = english ? [names[1], names[0]] : names
  // Found by its other name: that one is shown too, or nobody knows why it is here.
  const showOther = first.marks.length === 0 && second.marks.length > 0
  return (
    <>
      <span className={styles.thumb}>
        <Picture src={product.image_url} eager />
      </span>
      <span className={styles.words}>
        <MarkedText {...first} />
        {showOther && (
          <small className={styles.other}>
            <MarkedText {...second} />
          </small>
        )}
      </span>
      <small className={styles.price}>
        {product.stock_status === 'out_of_stock'
          ? t('stock.status.out_of_stock')
          : money(product.price_cents)}
      </small>
    </>
  )
}
