// Owns receiving a delivery: scan, look it over, post it as one document.
import { DeleteOutlined } from '@ant-design/icons'
import { Button, Card, Empty, Form, Input, type InputRef } from 'antd'
import { type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { StockDocument } from '../../../../src/modules/inventory/documents-schema.ts'
import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { productName, useFormat } from '../../lib/format.ts'
import { useLeaveGuard } from '../../lib/office/leave-guard.ts'
import { randomUuid } from '../../lib/uuid.ts'
import { useConfirm } from '../../ui/office/use-confirm.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { usePostReceipt } from './document-queries.ts'
import { QuantityField } from './quantity-field.tsx'
import styles from './receive-form.module.css'
import {
  MAX_RECEIPT_LINES,
  type ReceiveLine,
  unitsOf,
  withQuantity,
  withUnits,
} from './receive-lines.ts'
import { ScanBox } from './scan-box.tsx'

export function ReceiveForm() {
  const { t } = useTranslation()
  const scan = useRef<InputRef>(null)
  const { lines, setLines, add } = useLines()
  const [words, setWords] = useState({ supplier: '', note: '' })
  // One for each delivery: pressed twice, or sent again after a lost answer, it counts once.
  const [key, setKey] = useState(randomUuid)
  const post = usePostReceipt()
  const confirm = useConfirm()
  useLeaveGuard(lines.length > 0, () =>
    confirm({
      title: t('receive.leaveTitle'),
      text: t('receive.leaveText'),
      ok: t('receive.leave'),
      cancel: t('receive.keep'),
    }),
  )
  const begin = () => {
    setLines([])
    setWords({ supplier: '', note: '' })
    setKey(randomUuid())
    scan.current?.focus()
  }
  const tell = ({ lines: count, units, document_id }: StockDocument) =>
    showToast({
      tone: 'good',
      text: t('receive.done', { lines: count, units, document: document_id }),
    })
  const send = () => {
    const body = {
      lines: lines.map(({ product, quantity }) => ({ product_id: product.product_id, quantity })),
      ...(words.supplier.trim() && { supplier: words.supplier.trim() }),
      ...(words.note.trim() && { note: words.note.trim() }),
    }
    post.mutate(
      { body, key },
      {
        onSuccess: (document) => {
          tell(document)
          begin()
        },
        onError: showFailure,
      },
    )
  }
  const clear = async () => {
    const sure = await confirm({
      title: t('receive.clearSure'),
      text: t('receive.clearText'),
      ok: t('receive.clear'),
      cancel: t('receive.keep'),
    })
    if (sure) begin()
  }
  const isBusy = post.isPending
  return (
    <Card>
      <div className={styles.form}>
        <ScanBox label={t('receive.scan')} field={scan} disabled={isBusy} onProduct={add} />
        <Lines lines={lines} busy={isBusy} scan={scan} onChange={setLines} />
        <Words words={words} busy={isBusy} onChange={setWords} />
        <div className={styles.buttons}>
          <Button size="large" disabled={lines.length === 0 || isBusy} onClick={() => void clear()}>
            {t('receive.clear')}
          </Button>
          <Button
            type="primary"
            size="large"
            loading={isBusy}
            disabled={lines.length === 0}
            onClick={send}
          >
            {t('receive.post', { count: unitsOf(lines) })}
          </Button>
        </div>
      </div>
    </Card>
  )
}

function useLines() {
  const { t } = useTranslation()
  const [lines, setLines] = useState<readonly ReceiveLine[]>([])
  // Scans may be answered together: each adds to what the one before it left.
  const latest = useRef(lines)
  const set = (next: readonly ReceiveLine[]) => {
    latest.current = next
    setLines(next)
  }
  const add = (product: InventoryItem, units: number): string => {
    const next = withUnits(latest.current, product, units)
    if (!next) return t('receive.most', { count: MAX_RECEIPT_LINES })
    set(next)
    return t('receive.added', { name: productName(product), count: next[0]?.quantity ?? 0 })
  }
  return { lines, setLines: set, add }
}

interface LinesProps {
  readonly lines: readonly ReceiveLine[]
  readonly busy: boolean
  readonly scan: RefObject<InputRef | null>
  readonly onChange: (lines: readonly ReceiveLine[]) => void
}

function Lines({ lines, busy, scan, onChange }: LinesProps) {
  const { t } = useTranslation()
  const { number } = useFormat()
  if (lines.length === 0) {
    return <Empty description={t('receive.emptyText')} />
  }
  return (
    <ul className={styles.lines} aria-label={t('receive.lines')}>
      {lines.map(({ product, quantity }) => {
        const name = productName(product)
        return (
          <li key={product.product_id}>
            <span className={styles.name}>
              {name}
              <small>
                {product.barcode ?? product.sku} ·{' '}
                {t('office.onHandNow', { count: product.on_hand ?? 0 })} →{' '}
                {number((product.on_hand ?? 0) + quantity)}
              </small>
            </span>
            <QuantityField
              label={t('receive.quantityOf', { name })}
              value={quantity}
              least={1}
              disabled={busy}
              onChange={(units) => onChange(withQuantity(lines, product.product_id, units))}
              onDone={() => scan.current?.focus()}
              onWrong={() => showToast({ tone: 'bad', text: t('receive.quantityWrong') })}
            />
            <Button
              type="text"
              danger
              disabled={busy}
              icon={<DeleteOutlined />}
              aria-label={t('receive.removeOf', { name })}
              onClick={() => onChange(lines.filter((line) => line.product !== product))}
            />
          </li>
        )
      })}
    </ul>
  )
}

interface WordsProps {
  readonly words: { readonly supplier: string; readonly note: string }
  readonly busy: boolean
  readonly onChange: (words: WordsProps['words']) => void
}

function Words({ words, busy, onChange }: WordsProps) {
  const { t } = useTranslation()
  return (
    <Form layout="vertical" component="div" className={styles.words ?? ''} disabled={busy}>
      <Form.Item label={t('receive.supplier')} htmlFor="receive-supplier">
        <Input
          id="receive-supplier"
          maxLength={100}
          value={words.supplier}
          onChange={({ target }) => onChange({ ...words, supplier: target.value })}
        />
      </Form.Item>
      <Form.Item label={t('receive.note')} htmlFor="receive-note">
        <Input
          id="receive-note"
          maxLength={400}
          placeholder={t('receive.notePlaceholder')}
          value={words.note}
          onChange={({ target }) => onChange({ ...words, note: target.value })}
        />
      </Form.Item>
    </Form>
  )
}
