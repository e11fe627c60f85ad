// Owns showing what wasn't sent yet, and what the server refused: there a manager decides.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { productName, useFormat } from '../../lib/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { DecisionForm } from './decision-form.tsx'
import { DiscardForm } from './discard-form.tsx'
import styles from './dialogs.module.css'
import { ActionButton } from './key-button.tsx'
import { useKeys } from './keys.ts'
import { discardRefused, type QueuedSale, sendRefused, useQueue } from './queue.ts'
import { TillDialog } from './till-dialog.tsx'

/** Anything else a manager just sends again. */
const decidable = new Set(['OUT_OF_STOCK', 'UNKNOWN_PRODUCT', 'UNKNOWN_USER'])

interface QueueDialogProps {
  readonly isManager: boolean
  readonly onClose: () => void
}

export function QueueDialog({ isManager, onClose }: QueueDialogProps) {
  const { t } = useTranslation()
  const { sales, failure } = useQueue()
  const [done, setDone] = useState<string | null>(null)
  const firstRefused = sales.find((sale) => sale.refusal)
  const isWaiting = sales.some((sale) => !sale.refusal)
  return (
    <TillDialog title={t('counter.queueTitle')} onClose={onClose}>
      <p className={styles.soft}>{t('counter.queueText')}</p>
      {isWaiting && failure !== null && (
        <Notice tone="warn">{t('counter.queueFailure', { reason: failure })}</Notice>
      )}
      {done !== null && <Notice tone="good">{done}</Notice>}
      {sales.length === 0 && <p>{t('counter.queueEmpty')}</p>}
      <ul className={styles.list}>
        {sales.map((sale) => (
          <li
            key={sale.seq}
            className={sale.refusal ? `${styles.card} ${styles.refused}` : styles.card}
          >
            <Waiting sale={sale} />
            {sale.refusal && (
              <Refused
                sale={sale}
                isManager={isManager}
                hasKeys={sale === firstRefused}
                onDone={setDone}
              />
            )}
          </li>
        ))}
      </ul>
    </TillDialog>
  )
}

function Waiting({ sale: { facts, refusal } }: { sale: QueuedSale }) {
  const { t } = useTranslation()
  const { money, shortTime } = useFormat()
  return (
    <>
      <div className={styles.head}>
        <strong>{money(facts.total_cents)}</strong>
        <span>{refusal ? t('counter.refused') : t('counter.waiting')}</span>
      </div>
      <span className={styles.soft}>
        {t('counter.saleOf', { time: shortTime(facts.taken_at), seller: facts.seller })}
      </span>
      <span className={styles.soft}>
        {facts.lines
          .map((line) => `${productName(line)} × ${line.quantity}`)
          .join(t('office.listSeparator'))}
      </span>
    </>
  )
}

interface RefusedProps {
  readonly sale: QueuedSale
  readonly isManager: boolean
  /** The first one's actions have keys; when it is done, the next is first. */
  readonly hasKeys: boolean
  /** Says what became of it, once it is gone. */
  readonly onDone: (words: string) => void
}

function Refused({ sale, isManager, hasKeys, onDone }: RefusedProps) {
  const { t } = useTranslation()
  const [isDiscarding, setDiscarding] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const { refusal, facts } = sale
  const nameOf = (productId: number) => {
    const line = facts.lines.find(({ product_id }) => product_id === productId)
    return line ? productName(line) : String(productId)
  }
  /** Told here: a toast would lie beneath the dialog. */
  const settle = async (work: () => Promise<string>) => {
    setFailure(null)
    try {
      onDone(await work())
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
  }
  const send = (decision: Parameters<typeof sendRefused>[1]) =>
    settle(async () => {
      const { order_number } = await sendRefused(sale, decision)
      return t('counter.decided', { number: order_number })
    })
  const discard = (why: Parameters<typeof discardRefused>[1]) =>
    settle(async () => {
      await discardRefused(sale, why)
      return t('counter.discard.done')
    })
  const startDiscarding = () => setDiscarding(true)
  const keyOf = (key: string) => (hasKeys && !isDiscarding ? key : undefined)
  useKeys(
    { F2: () => void send(null), F4: isManager ? startDiscarding : undefined },
    hasKeys && !isDiscarding,
  )
  if (isDiscarding) {
    return (
      <>
        {failure !== null && <Notice tone="bad">{failure}</Notice>}
        <DiscardForm onDiscard={discard} onCancel={() => setDiscarding(false)} />
      </>
    )
  }
  return (
    <>
      <strong>{refusal?.message}</strong>
      {failure !== null && <Notice tone="bad">{failure}</Notice>}
      {refusal?.shortages.map(({ product_id, requested, available }) => (
        <span key={product_id}>
          {t('counter.decide.goods', { name: nameOf(product_id), requested, available })}
        </span>
      ))}
      {!isManager && <p>{t('counter.decide.managerOnly')}</p>}
      {isManager && decidable.has(refusal?.code ?? '') && (
        <DecisionForm hasKey={hasKeys} onDecide={send} />
      )}
      <div className={styles.actions}>
        {isManager && (
          <ActionButton shortcut={keyOf('F4')} onClick={startDiscarding}>
            {t('counter.discard.start')}
          </ActionButton>
        )}
        <ActionButton shortcut={keyOf('F2')} onClick={() => void send(null)}>
          {t('counter.retry')}
        </ActionButton>
      </div>
    </>
  )
}
