// Owns what is shown when a sale is done: the change, its number, and its paper.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useFormat } from '../../lib/format.ts'
import styles from './dialogs.module.css'
import { KeyButton } from './key-button.tsx'
import { useKeys } from './keys.ts'
import { useQueue } from './queue.ts'
import type { FinishedSale } from './sale.ts'
import { type Paper, SaleReceipt } from './sale-receipt.tsx'
import { TillDialog } from './till-dialog.tsx'
import { useFirstFocus } from './use-first-focus.ts'

interface DoneDialogProps {
  readonly sale: FinishedSale
  readonly onClose: () => void
}

export function DoneDialog({ sale, onClose }: DoneDialogProps) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const { answers } = useQueue()
  const first = useFirstFocus<HTMLButtonElement>()
  const [paper, setPaper] = useState<Paper>('roll')
  const [printing, setPrinting] = useState(0)
  const number = answers.get(sale.body.sale_id)?.order_number ?? null
  const print = (on: Paper) => {
    setPaper(on)
    setPrinting((count) => count + 1)
    // A button pressed for it keeps the focus, and the Enter of the next sale.
    first.current?.focus()
  }
  // Once the chosen paper is on the page.
  useEffect(() => {
    if (printing > 0) window.print()
  }, [printing])
  const next = () => {
    const { activeElement } = document
    // Another button does what it says.
    if (activeElement instanceof HTMLButtonElement && activeElement !== first.current) return false
    return onClose()
  }
  useKeys({ Enter: next, F2: () => print('roll'), F3: () => print('a4') })
  return (
    <TillDialog title={t('counter.done')} onClose={onClose}>
      <div className={styles.form}>
        <dl className={styles.figures}>
          <div>
            <dt>{t('counter.total')}</dt>
            <dd>{money(sale.facts.total_cents)}</dd>
          </div>
          <div className={styles.large}>
            <dt>{t('counter.change')}</dt>
            <dd>{money(sale.facts.change_cents)}</dd>
          </div>
          <div>
            <dt>{t('counter.receipt.number')}</dt>
            <dd role="status">{number ?? t('counter.doneQueued')}</dd>
          </div>
        </dl>
        <div className={styles.actions}>
          <KeyButton shortcut="F2" onClick={() => print('roll')}>
            {t('counter.actions.roll')}
          </KeyButton>
          <KeyButton shortcut="F3" onClick={() => print('a4')}>
            {t('counter.actions.a4')}
          </KeyButton>
          <KeyButton shortcut="Enter" tone="primary" ref={first} onClick={onClose}>
            {t('counter.actions.next')}
          </KeyButton>
        </div>
      </div>
      <SaleReceipt sale={sale} orderNumber={number} paper={paper} />
    </TillDialog>
  )
}
