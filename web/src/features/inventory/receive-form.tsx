// Owns receiving a delivery: scan, look it over, post it as one document.
import { DeleteOutlined } from '@ant-design/icons'
import { Alert, Button, Card, Empty, Form, Input, type InputRef } from 'antd'
import { type RefObject, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { productName, useFormat } from '../../lib/format.ts'
import { useLeaveGuard } from '../../lib/office/leave-guard.ts'
import { useSession } from '../../lib/session.ts'
import { useConfirm } from '../../ui/office/use-confirm.ts'
import { showToast } from '../../ui/toast-store.ts'
import { QuantityField } from './quantity-field.tsx'
import styles from './receive-form.module.css'
import { type ReceiveLine, scannedSince, unitsOf, withQuantity } from './receive-lines.ts'
import { ScanBox } from './scan-box.tsx'
import { useDelivery } from './use-delivery.ts'
import { usePosting } from './use-posting.ts'

export function ReceiveForm() {
  const { user } = useSession()
  // Whoever is signed out is on the way to the log-in.
  return user && <Receiving key={user.user_id} userId={user.user_id} />
}

function Receiving({ userId }: { userId: number }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const scan = useRef<InputRef>(null)
  const { delivery, add, begin, change, ...state } = useDelivery(userId)
  const { lines } = delivery
  const { send, isBusy, isKnown, forget } = usePosting({
    userId,
    delivery,
    onPosted: (posted) => {
      begin(scannedSince(state.linesNow(), posted))
      scan.current?.focus()
    },
    onNewKey: (key) => change({ key }),
  })
  const confirm = useConfirm()
  useLeaveGuard(state.isAtRisk, () =>
    confirm({
      title: t('receive.leaveTitle'),
      text: t('receive.leaveText'),
      ok: t('receive.leave'),
      cancel: t('receive.keep'),
    }),
  )
  const clear = async () => {
    const sure = await confirm({
      title: t('receive.clearSure'),
      text: t('receive.clearText'),
      ok: t('receive.clear'),
      cancel: t('receive.keep'),
    })
    if (!sure) return
    forget()
    begin()
    scan.current?.focus()
  }
  return (
    <Card>
      <div className={styles.form}>
        {state.leftAt !== null && (
          <Alert
            type="info"
            showIcon
            title={t('receive.found', { when: dateTime(state.leftAt) })}
          />
        )}
        <ScanBox label={t('receive.scan')} field={scan} onProduct={add} />
        <Lines
          lines={lines}
          busy={isBusy}
          scan={scan}
          onChange={(next) => change({ lines: next })}
        />
        <Words words={delivery} busy={isBusy} onChange={change} />
        {isKnown && <Alert type="warning" showIcon title={t('receive.known')} />}
        <div className={styles.buttons}>
          <Button size="large" disabled={lines.length === 0 || isBusy} onClick={() => void clear()}>
            {t('receive.clear')}
          </Button>
          <Button
            type="primary"
            size="large"
            loading={isBusy}
            disabled={lines.length === 0}
            onClick={() => {
              // What is scanned meanwhile begins the next delivery.
              scan.current?.focus()
              send()
            }}
          >
            {t('receive.post', { count: unitsOf(lines) })}
          </Button>
        </div>
      </div>
    </Card>
  )
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
                {product.barcode ?? product.sku}
                {product.on_hand !== undefined && (
                  <>
                    {' · '}
                    {t('office.onHandNow', { count: product.on_hand })} →{' '}
                    {number(product.on_hand + quantity)}
                  </>
                )}
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
  readonly onChange: (words: Partial<WordsProps['words']>) => void
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
          onChange={({ target }) => onChange({ supplier: target.value })}
        />
      </Form.Item>
      <Form.Item label={t('receive.note')} htmlFor="receive-note">
        <Input
          id="receive-note"
          maxLength={400}
          placeholder={t('receive.notePlaceholder')}
          value={words.note}
          onChange={({ target }) => onChange({ note: target.value })}
        />
      </Form.Item>
    </Form>
  )
}
