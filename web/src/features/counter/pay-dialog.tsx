// Owns taking the payment: one way or several, cash with its change.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { NewSale, TenderKind } from '../../../../src/modules/counter/schema.ts'
import { minorDigits, useFormat } from '../../lib/format.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import styles from './dialogs.module.css'
import { Key, KeyButton } from './key-button.tsx'
import { useKeys } from './keys.ts'
import { moneyText } from './money.ts'
import {
  isOddChange,
  noTenders,
  openWithout,
  readTenders,
  tenderKinds,
  type TenderState,
} from './tenders.ts'
import { TillDialog } from './till-dialog.tsx'

const tenderKeys: Record<TenderKind, string> = {
  cash: 'F1',
  wechat: 'F2',
  alipay: 'F3',
  card: 'F4',
}

interface PayDialogProps {
  readonly total: number
  readonly onPaid: (tenders: NewSale['tenders'], change: number) => void
  readonly onClose: () => void
}

export function PayDialog({ total, onPaid, onClose }: PayDialogProps) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const digits = minorDigits(useShopInfo().currency)
  const [texts, setTexts] = useState(noTenders)
  const fields = useRef<Partial<Record<TenderKind, HTMLInputElement | null>>>({})
  const state = readTenders(texts, total, digits)
  const isPaid = 'tenders' in state
  /** What was looked at once more: as it stood then. */
  const [checked, setChecked] = useState<typeof texts | null>(null)
  const isOdd = isPaid && isOddChange(state.change, total, digits)

  /** A key takes all that is still open; what was typed can be typed over. */
  const choose = (kind: TenderKind) => {
    const open = openWithout(texts, kind, total, digits)
    setTexts({ ...texts, [kind]: open > 0 ? moneyText(open, digits) : '' })
    requestAnimationFrame(() => fields.current[kind]?.select())
  }
  useKeys(Object.fromEntries(tenderKinds.map((kind) => [tenderKeys[kind], () => choose(kind)])))
  // The browser's own dialog has put the focus on its first button.
  useEffect(() => fields.current.cash?.focus(), [])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isOdd && checked !== texts) setChecked(texts)
    else if (isPaid) onPaid(state.tenders, state.change)
  }
  return (
    <TillDialog title={t('counter.payTitle', { total: money(total) })} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        {tenderKinds.map((kind) => (
          <div key={kind} className={styles.tender}>
            <button type="button" className={styles.kind} onClick={() => choose(kind)}>
              {t(`counter.tenders.${kind}`)} <Key name={tenderKeys[kind]} />
            </button>
            <input
              ref={(element) => void (fields.current[kind] = element)}
              className={styles.amount}
              aria-label={
                kind === 'cash'
                  ? `${t('counter.tenders.cash')} ${t('counter.received')}`
                  : t(`counter.tenders.${kind}`)
              }
              aria-invalid={('wrong' in state && state.wrong === kind) || undefined}
              inputMode="decimal"
              autoComplete="off"
              placeholder={kind === 'cash' ? t('counter.received') : ''}
              value={texts[kind]}
              onChange={(event) => setTexts({ ...texts, [kind]: event.target.value })}
            />
          </div>
        ))}
        <p className={isPaid ? styles.paid : styles.open} role="status">
          <PaidWords state={state} />
        </p>
        {isOdd && checked === texts && (
          <p className={styles.open} role="alert">
            {t('counter.oddChange')}
          </p>
        )}
        <KeyButton shortcut="Enter" tone="primary" size="lg" wide type="submit" disabled={!isPaid}>
          {t('counter.actions.complete')}
        </KeyButton>
      </form>
    </TillDialog>
  )
}

function PaidWords({ state }: { state: TenderState }) {
  const { t } = useTranslation()
  const { money } = useFormat()
  if ('wrong' in state) return t('counter.wrong')
  if ('missing' in state) return t('counter.missing', { amount: money(state.missing) })
  if ('over' in state) return t('counter.over', { amount: money(state.over) })
  return (
    <>
      {t('counter.change')} <strong>{money(state.change)}</strong>
    </>
  )
}
