// Owns giving a discount: an amount or a percentage, never without its reason.
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { DISCOUNT_REASONS } from '../../../../src/lib/selling.ts'
import type { DiscountReason } from '../../../../src/modules/counter/schema.ts'
import { minorDigits, useFormat } from '../../lib/format.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import styles from './dialogs.module.css'
import { centsOff, type DraftDiscount } from './draft.ts'
import { KeyButton } from './key-button.tsx'
import { submitFromSelect, useKeys } from './keys.ts'
import { moneyText, parseMoney, parsePercent } from './money.ts'
import { TillDialog } from './till-dialog.tsx'
import { useFirstFocus } from './use-first-focus.ts'

interface DiscountDialogProps {
  readonly title: string
  /** Minor units that it is given on. */
  readonly of: number
  readonly given: DraftDiscount | null
  readonly onGive: (discount: DraftDiscount | null) => void
  readonly onClose: () => void
}

export function DiscountDialog({ title, of, given, onGive, onClose }: DiscountDialogProps) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const digits = minorDigits(useShopInfo().currency)
  const [text, setText] = useState(() => textOf(given, digits))
  const [reason, setReason] = useState<DiscountReason>(given?.reason ?? 'member')
  const [note, setNote] = useState(given?.note ?? '')
  const first = useFirstFocus<HTMLInputElement>()
  const [problem, setProblem] = useState<string>()
  const percent = parsePercent(text)
  const cents = percent === null ? parseMoney(text, digits) : 0
  const discount = cents === null ? null : { cents, percent, reason, note }
  const off = centsOff(discount, of)

  useKeys({ F2: () => (given ? onGive(null) : false) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!discount || (percent === null && cents === 0)) {
      setProblem(t('counter.discountWrong'))
    } else if (discount.cents > of) {
      setProblem(t('counter.discountTooLarge', { amount: money(of) }))
    } else onGive(discount)
  }
  return (
    <TillDialog title={title} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} onKeyDown={submitFromSelect}>
        <TextField
          label={t('counter.discountField')}
          hint={off > 0 ? `${money(of)} − ${money(off)} = ${money(of - off)}` : undefined}
          error={problem}
          value={text}
          inputMode="decimal"
          autoComplete="off"
          ref={first}
          onChange={(event) => {
            setText(event.target.value)
            setProblem(undefined)
          }}
        />
        <SelectField
          label={t('counter.discountReason')}
          value={reason}
          onChange={(event) => setReason(event.target.value as DiscountReason)}
        >
          {DISCOUNT_REASONS.map((each) => (
            <option key={each} value={each}>
              {t(`counter.reasons.${each}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('counter.discountNote')}
          value={note}
          maxLength={200}
          onChange={(event) => setNote(event.target.value)}
        />
        <div className={styles.actions}>
          {given && (
            <KeyButton shortcut="F2" onClick={() => onGive(null)}>
              {t('counter.discountClear')}
            </KeyButton>
          )}
          <KeyButton shortcut="Enter" tone="primary" type="submit">
            {t('counter.discountGive')}
          </KeyButton>
        </div>
      </form>
    </TillDialog>
  )
}

function textOf(given: DraftDiscount | null, digits: number): string {
  if (!given) return ''
  return given.percent === null ? moneyText(given.cents, digits) : `${given.percent}%`
}
