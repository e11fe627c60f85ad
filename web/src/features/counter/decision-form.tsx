// Owns a manager's decision on a sale of what the books don't have: the reason of the adjustment.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { MOVEMENT_REASONS } from '../../../../src/lib/selling.ts'
import type { NewSale } from '../../../../src/modules/counter/schema.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import styles from './dialogs.module.css'
import { ActionButton } from './key-button.tsx'
import { submitFromSelect, useKeys } from './keys.ts'

type Decision = NonNullable<NewSale['decision']>

const LIKELIEST = 'receiving_error'
const reasons: readonly Decision['reason'][] = [
  LIKELIEST,
  ...MOVEMENT_REASONS.filter((each) => each !== LIKELIEST),
]

interface DecisionFormProps {
  /** Of several only one has the key. */
  readonly hasKey: boolean
  readonly onDecide: (decision: Decision) => Promise<void>
}

export function DecisionForm({ hasKey, onDecide }: DecisionFormProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<Decision['reason']>(LIKELIEST)
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const decide = async () => {
    if (busy) return
    setBusy(true)
    await onDecide({ reason, ...(note.trim() && { note: note.trim() }) })
    setBusy(false)
  }
  useKeys({ F3: () => void decide() }, hasKey)
  return (
    <form
      className={styles.form}
      onKeyDown={submitFromSelect}
      onSubmit={(event) => {
        event.preventDefault()
        void decide()
      }}
    >
      <p className={styles.soft}>{t('counter.decide.text')}</p>
      <SelectField
        label={t('counter.decide.reason')}
        value={reason}
        onChange={(event) => setReason(event.target.value as Decision['reason'])}
      >
        {reasons.map((each) => (
          <option key={each} value={each}>
            {t(`office.reasons.${each}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('counter.decide.note')}
        value={note}
        maxLength={200}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className={styles.actions}>
        <ActionButton shortcut={hasKey ? 'F3' : undefined} tone="primary" type="submit" busy={busy}>
          {t('counter.decide.apply')}
        </ActionButton>
      </div>
    </form>
  )
}
