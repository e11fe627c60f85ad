// Owns the field into which a scanner types: each code with Enter is one look-up, however fast they come.
import { BarcodeOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef } from 'antd'
import { type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { productName } from '../../lib/format.ts'
import { fetchProducts } from './queries.ts'
import styles from './scan-box.module.css'
import { matchScan, readScan } from './scan-match.ts'

/** What is said of a scan: that it counts, or why it doesn't. */
export interface Said {
  readonly tone: 'good' | 'bad'
  readonly text: string
  readonly hint?: string
}

interface ScanBoxProps {
  readonly label: string
  readonly field: RefObject<InputRef | null>
  readonly onProduct: (product: InventoryItem, units: number) => Said | Promise<Said>
}

interface Choice {
  readonly units: number
  readonly products: readonly InventoryItem[]
}

export function ScanBox({ label, field, onProduct }: ScanBoxProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [said, setSaid] = useState<Said | null>(null)
  const [choice, setChoice] = useState<Choice | null>(null)

  const fail = (error: unknown) =>
    setSaid({ tone: 'bad', text: error instanceof Error ? error.message : String(error) })
  const look = async (text: string) => {
    const { code, units } = readScan(text)
    if (code === '') return
    try {
      const { exact, offered } = matchScan(await fetchProducts(code), code)
      setChoice(offered.length > 0 ? { units, products: offered } : null)
      if (exact) return setSaid(await onProduct(exact, units))
      if (offered.length > 0) {
        const text = t(offered.length > 1 ? 'receive.several' : 'receive.inexact', { code })
        return setSaid({ tone: 'bad', text })
      }
      setSaid({
        tone: 'bad',
        text: t('receive.unknown', { code }),
        hint: t('receive.unknownText'),
      })
    } catch (error) {
      fail(error)
    }
  }
  const choose = async (product: InventoryItem, from: Choice) => {
    // Gone at once: pressed twice, it would count twice.
    setChoice(null)
    field.current?.focus()
    try {
      setSaid(await onProduct(product, from.units))
    } catch (error) {
      fail(error)
      setChoice((now) => now ?? from)
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
            <Button key={product.product_id} onClick={() => void choose(product, choice)}>
              {productName(product)} · {product.sku}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
