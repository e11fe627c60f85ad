// Owns a manager's word that a refused sale is never booked: why, and what became of the money.
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { DISCARD_REASONS } from '../../../../src/lib/selling.ts'
import type { DiscardReason, NewDiscard } from '../../../../src/modules/counter/schema.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import styles from './dialogs.module.css'
import { KeyButton } from './key-button.tsx'
import { submitFromSelect, useKeys } from './keys.ts'
import { useFirstFocus } from './use-first-focus.ts'

interface DiscardFormProps {
  readonly onDiscard: (why: Pick<NewDiscard, 'reason' | 'note'>) => Promise<void>
  readonly onCancel: () => void
}

export function DiscardForm({ onDiscard, onCancel }: DiscardFormProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<DiscardReason>('refunded')
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const first = useFirstFocus<HTMLSelectElement>()
  useKeys({ F4: onCancel })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    await onDiscard({ reason, ...(note.trim() && { note: note.trim() }) })
    setBusy(false)
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => void submit(event)}
      onKeyDown={submitFromSelect}
    >
      <p className={styles.soft}>{t('counter.discard.text')}</p>
      <SelectField
        label={t('counter.discard.reason')}
        ref={first}
        value={reason}
        onChange={(event) => setReason(event.target.value as DiscardReason)}
      >
        {DISCARD_REASONS.map((each) => (
          <option key={each} value={each}>
            {t(`counter.discard.reasons.${each}`)}
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
        <KeyButton shortcut="F4" onClick={onCancel}>
          {t('counter.discard.keep')}
        </KeyButton>
        <KeyButton shortcut="Enter" tone="danger" type="submit" busy={busy}>
          {t('counter.discard.apply')}
        </KeyButton>
      </div>
    </form>
  )
}
