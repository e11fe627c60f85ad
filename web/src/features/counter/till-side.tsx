// Owns the till's right side: whose sale it is, what it comes to, and the actions with their keys.
import { useTranslation } from 'react-i18next'

import { DISCOUNT_LIMIT_PERCENT } from '../../../../src/modules/counter/rules.ts'
import { useFormat } from '../../lib/format.ts'
import { FitText } from '../../ui/fit-text.tsx'
import { type DraftSums, draftSums } from './draft.ts'
import { Key, KeyButton } from './key-button.tsx'
import { useParked } from './parked.ts'
import { useQueue } from './queue.ts'
import styles from './till.module.css'
import type { Till } from './use-till.ts'

export function TillSide({ till, isManager }: { till: Till; isManager: boolean }) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const { draft } = till
  const sums = draftSums(draft)
  const count = draft.lines.reduce((sum, line) => sum + line.quantity, 0)
  const isBlocked = sums.needsManager && !isManager
  return (
    <aside className={styles.side}>
      <Sums till={till} sums={sums} count={count} />
      {isBlocked && (
        <p className={styles.warning} role="alert">
          {t('counter.discountLimit', { percent: DISCOUNT_LIMIT_PERCENT })}
        </p>
      )}
      <KeyButton
        shortcut="F9"
        tone="primary"
        size="lg"
        wide
        disabled={count === 0 || isBlocked}
        onClick={till.pay}
      >
        {t('counter.actions.pay')} {count > 0 && money(sums.total_cents)}
      </KeyButton>
      <Actions till={till} />
      <Hints />
    </aside>
  )
}

function Sums({ till, sums, count }: { till: Till; sums: DraftSums; count: number }) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const { customer } = till.draft
  return (
    <dl className={styles.sums}>
      <div>
        <dt>{t('counter.actions.customer')}</dt>
        <dd>{customer?.label ?? t('counter.walkIn')}</dd>
      </div>
      <div>
        <dt>
          {t('counter.gross')} · {t('counter.pieces', { count })}
        </dt>
        <dd>{money(sums.gross_cents)}</dd>
      </div>
      {sums.discount_cents > 0 && (
        <div>
          <dt>{t('counter.discounts')}</dt>
          <dd>−{money(sums.discount_cents)}</dd>
        </div>
      )}
      <div className={styles.total}>
        <dt>{t('counter.total')}</dt>
        <dd data-testid="total">
          <FitText text={money(sums.total_cents)} />
        </dd>
      </div>
    </dl>
  )
}

/** What has no button, because its own place on the page does it. */
function Hints() {
  const { t } = useTranslation()
  return (
    <p className={styles.hints}>
      <Key name="ArrowUp" />
      <Key name="ArrowDown" /> {t('counter.hints.lines')}
      <span aria-hidden="true"> · </span>
      <Key name="+" />
      <Key name="-" /> {t('counter.hints.quantity')}
      <span aria-hidden="true"> · </span>
      <Key name="Esc" /> {t('counter.hints.scan')}
    </p>
  )
}

function Actions({ till }: { till: Till }) {
  const { t } = useTranslation()
  const parked = useParked().length
  const { sales, failure } = useQueue()
  const isEmpty = till.draft.lines.length === 0
  const isStuck = failure !== null || sales.some((sale) => sale.refusal)
  const counted = (name: string, count: number) => (count > 0 ? `${name} (${count})` : name)
  return (
    <div className={styles.actions} role="group" aria-label={t('counter.keys')}>
      <KeyButton
        shortcut="F2"
        size="sm"
        disabled={isEmpty}
        onClick={() => till.quantityField.current?.focus()}
      >
        {t('counter.actions.quantity')}
      </KeyButton>
      <KeyButton shortcut="Delete" size="sm" disabled={isEmpty} onClick={till.removeSelected}>
        {t('counter.actions.remove')}
      </KeyButton>
      <KeyButton
        shortcut="F3"
        size="sm"
        disabled={isEmpty}
        onClick={() => till.setDialog('lineDiscount')}
      >
        {t('counter.actions.discount')}
      </KeyButton>
      <KeyButton
        shortcut="F4"
        size="sm"
        disabled={isEmpty}
        onClick={() => till.setDialog('saleDiscount')}
      >
        {t('counter.actions.saleDiscount')}
      </KeyButton>
      <KeyButton shortcut="F6" size="sm" onClick={() => till.setDialog('customer')}>
        {t('counter.actions.customer')}
      </KeyButton>
      <KeyButton shortcut="Ctrl+Delete" size="sm" disabled={isEmpty} onClick={till.clear}>
        {t('counter.actions.clear')}
      </KeyButton>
      <KeyButton shortcut="F7" size="sm" disabled={isEmpty} onClick={() => void till.park()}>
        {t('counter.actions.park')}
      </KeyButton>
      <KeyButton shortcut="F8" size="sm" onClick={() => till.setDialog('parked')}>
        {counted(t('counter.actions.resume'), parked)}
      </KeyButton>
      <KeyButton
        shortcut="F10"
        size="sm"
        tone={isStuck ? 'danger' : 'plain'}
        onClick={() => till.setDialog('queue')}
      >
        {counted(t('counter.actions.queue'), sales.length)}
      </KeyButton>
    </div>
  )
}
