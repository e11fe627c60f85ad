// Owns taking up a sale that was put aside.
import { useTranslation } from 'react-i18next'

import { productName, useFormat } from '../../lib/format.ts'
import styles from './dialogs.module.css'
import { draftSums } from './draft.ts'
import { type ParkedSale, useParked } from './parked.ts'
import { TillDialog } from './till-dialog.tsx'
import { useFirstFocus } from './use-first-focus.ts'

interface ParkedDialogProps {
  readonly onResume: (sale: ParkedSale) => void
  readonly onClose: () => void
}

export function ParkedDialog({ onResume, onClose }: ParkedDialogProps) {
  const { t } = useTranslation()
  const { money, shortTime } = useFormat()
  const first = useFirstFocus<HTMLButtonElement>()
  const parked = useParked()
  return (
    <TillDialog title={t('counter.parked')} onClose={onClose}>
      {parked.length === 0 && <p>{t('counter.parkedNone')}</p>}
      <ul className={styles.list}>
        {parked.map((sale, index) => {
          const { lines, customer } = sale.draft
          const count = lines.reduce((sum, line) => sum + line.quantity, 0)
          return (
            <li key={sale.id}>
              <button
                type="button"
                className={styles.row}
                {...(index === 0 && { ref: first })}
                onClick={() => onResume(sale)}
              >
                <span className={styles.head}>
                  <strong>{money(draftSums(sale.draft).total_cents)}</strong>
                  <span>{t('counter.parkedSale', { count, time: shortTime(sale.parked_at) })}</span>
                </span>
                <span className={styles.soft}>
                  {[sale.seller, customer?.label, lines[0] && productName(lines[0].product)]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </TillDialog>
  )
}
