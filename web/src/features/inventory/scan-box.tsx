// Owns the field into which a scanner types: each code with Enter is one look-up, however fast they come.
import { BarcodeOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef } from 'antd'
import { type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { productName } from '../../lib/format.ts'
import { exactProduct, fetchProducts } from './queries.ts'
import styles from './scan-box.module.css'

/** As at the till: `3*` before a code means three. */
const MULTIPLE = /^\s*(\d{1,4})\s*[*×＊]\s*(\S.*)$/
const MOST_OFFERED = 8

interface ScanBoxProps {
  readonly label: string
  readonly field: RefObject<InputRef | null>
  readonly disabled?: boolean
  /** @returns what to say of it */
  readonly onProduct: (product: InventoryItem, units: number) => string | Promise<string>
}

interface Said {
  readonly tone: 'good' | 'bad'
  readonly text: string
  readonly hint?: string
}

interface Choice {
  readonly units: number
  readonly products: readonly InventoryItem[]
}

export function ScanBox({ label, field, disabled = false, onProduct }: ScanBoxProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [said, setSaid] = useState<Said | null>(null)
  const [choice, setChoice] = useState<Choice | null>(null)

  const take = async (product: InventoryItem, units: number) => {
    setChoice(null)
    setSaid({ tone: 'good', text: await onProduct(product, units) })
  }
  const look = async (text: string) => {
    const [, count = '1', code = text.trim()] = MULTIPLE.exec(text) ?? []
    if (code === '') return
    try {
      const found = await fetchProducts(code)
      const product = exactProduct(found, code) ?? (found.length === 1 ? found[0] : undefined)
      if (product) return await take(product, Math.max(1, Number(count)))
      if (found.length > 1) {
        setChoice({ units: Math.max(1, Number(count)), products: found.slice(0, MOST_OFFERED) })
        return setSaid({ tone: 'bad', text: t('receive.several') })
      }
      setChoice(null)
      setSaid({
        tone: 'bad',
        text: t('receive.unknown', { code }),
        hint: t('receive.unknownText'),
      })
    } catch (error) {
      setSaid({ tone: 'bad', text: error instanceof Error ? error.message : String(error) })
    }
  }
  return (
    <div className={styles.box}>
      <Input
        ref={field}
        size="large"
        prefix={<BarcodeOutlined />}
        aria-label={label}
        placeholder={label}
        autoFocus
        autoComplete="off"
        maxLength={100}
        disabled={disabled}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onPressEnter={() => {
          // The next scan may come before this one is answered.
          setTyped('')
          void look(typed)
        }}
      />
      <p className={styles.said} role="status" data-tone={said?.tone}>
        {said?.text}
        {said?.hint && <small>{said.hint}</small>}
      </p>
      {choice && (
        <div className={styles.choice}>
          {choice.products.map((product) => (
            <Button
              key={product.product_id}
              onClick={() => {
                void take(product, choice.units)
                field.current?.focus()
              }}
            >
              {productName(product)} · {product.sku}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
