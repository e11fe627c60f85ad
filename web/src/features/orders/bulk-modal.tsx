// Owns confirming or shipping many orders: what is needed of each, and what became of each.
import { Alert, AutoComplete, Button, Form, Input, Modal, Progress } from 'antd'
import { type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { useSession } from '../../lib/session.ts'
import { type BulkResult, type BulkStep, useBulk } from './bulk.ts'
import styles from './bulk-modal.module.css'
import { carriers } from './carriers.ts'
import { offeredActions } from './order-actions.ts'

type BulkAction = BulkStep['action']

interface BulkModalProps {
  readonly action: BulkAction | null
  readonly orders: readonly Order[]
  readonly onClose: () => void
}

export function BulkModal({ action, orders, onClose }: BulkModalProps) {
  const { t } = useTranslation()
  // What was opened stays as it was: the list behind it moves on while it works.
  return (
    <Modal
      title={action && t(action === 'shipment' ? 'bulk.shipTitle' : 'bulk.confirmTitle')}
      open={action !== null}
      onCancel={onClose}
      footer={null}
      mask={{ closable: false }}
      destroyOnHidden
      width={680}
    >
      {action && <Work action={action} orders={orders} onClose={onClose} />}
    </Modal>
  )
}

function Work({ action, orders: given, onClose }: BulkModalProps & { action: BulkAction }) {
  const { t } = useTranslation()
  const { user } = useSession()
  const [orders] = useState(given)
  const [carrier, setCarrier] = useState('')
  const [numbers, setNumbers] = useState<ReadonlyMap<number, string>>(new Map())
  const { results, running, run } = useBulk()
  const list = useRef<HTMLUListElement>(null)
  const isShipment = action === 'shipment'
  const fits = (order: Order) => offeredActions(order, user?.role).includes(action)
  const numberOf = ({ order_id: id }: Order) => numbers.get(id)?.trim() ?? ''
  const wanted = orders.filter(
    (order) =>
      fits(order) &&
      results.get(order.order_id)?.state !== 'done' &&
      (!isShipment || numberOf(order) !== ''),
  )
  const start = () =>
    void run(
      wanted.map((order) => ({
        order,
        action,
        ...(isShipment && {
          body: { carrier: carrier.trim(), tracking_number: numberOf(order) },
        }),
      })),
    )
  return (
    <div className={styles.work}>
      {isShipment && (
        <>
          <p className={styles.hint}>{t('bulk.shipText')}</p>
          <Form.Item label={t('bulk.carrier')} htmlFor="bulk-carrier" style={{ margin: 0 }}>
            <AutoComplete
              id="bulk-carrier"
              value={carrier}
              onChange={setCarrier}
              options={carriers.map((value) => ({ value }))}
              showSearch={{
                filterOption: (typed, option) => option?.value.includes(typed) ?? false,
              }}
              disabled={running}
              maxLength={60}
            />
          </Form.Item>
        </>
      )}
      <ul ref={list} className={styles.orders}>
        {orders.map((order) => (
          <li key={order.order_id}>
            <span className={styles.order}>
              {order.order_number}
              <small>{order.recipient ?? order.username ?? t('office.erasedCustomer')}</small>
            </span>
            {isShipment && fits(order) && (
              <Input
                className={styles.number ?? ''}
                aria-label={t('bulk.trackingOf', { number: order.order_number })}
                placeholder={t('bulk.tracking')}
                maxLength={60}
                autoComplete="off"
                disabled={running || results.get(order.order_id)?.state === 'done'}
                value={numbers.get(order.order_id) ?? ''}
                onChange={({ target }) =>
                  setNumbers(new Map(numbers).set(order.order_id, target.value))
                }
                onPressEnter={({ currentTarget }) => focusNext(list, currentTarget)}
              />
            )}
            <Result
              result={results.get(order.order_id)}
              left={fits(order) ? null : t('bulk.notApplicable')}
            />
          </li>
        ))}
      </ul>
      <Summary results={results} running={running} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{t('bulk.close')}</Button>
        <Button
          type="primary"
          loading={running}
          disabled={wanted.length === 0 || (isShipment && carrier.trim() === '')}
          onClick={start}
        >
          {[...results.values()].some(({ state }) => state === 'failed')
            ? t('bulk.retry')
            : t('bulk.run', { count: wanted.length })}
        </Button>
      </div>
    </div>
  )
}

/** A scanner ends with Enter: on to the next parcel. */
function focusNext(list: RefObject<HTMLUListElement | null>, field: HTMLInputElement): void {
  const fields = [...(list.current?.querySelectorAll('input') ?? [])]
  fields[fields.indexOf(field) + 1]?.focus()
}

function Result({ result, left }: { result: BulkResult | undefined; left: string | null }) {
  const { t } = useTranslation()
  if (result?.state === 'done') return <span className={styles.done}>{t('bulk.done')}</span>
  if (result?.state === 'failed') {
    return (
      <span className={styles.failed} role="alert">
        {t('bulk.failed')}
        <small>{result.message}</small>
      </span>
    )
  }
  if (result) return <span className={styles.hint}>{t('bulk.waiting')}</span>
  return left === null ? null : (
    <span className={styles.hint}>{t('bulk.leaveOut', { reason: left })}</span>
  )
}

interface SummaryProps {
  readonly results: ReadonlyMap<number, BulkResult>
  readonly running: boolean
}

function Summary({ results, running }: SummaryProps) {
  const { t } = useTranslation()
  const count = (state: BulkResult['state']) =>
    [...results.values()].filter((result) => result.state === state).length
  const [done, failed] = [count('done'), count('failed')]
  if (results.size === 0) return null
  if (running) {
    return (
      <div role="status">
        {t('bulk.running', { done: done + failed, total: results.size })}
        <Progress percent={((done + failed) / results.size) * 100} showInfo={false} />
      </div>
    )
  }
  return failed === 0 ? (
    <Alert type="success" showIcon title={t('bulk.doneAll', { count: done })} />
  ) : (
    <Alert type="warning" showIcon title={t('bulk.doneSome', { done, failed })} />
  )
}
