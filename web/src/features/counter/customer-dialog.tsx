// Owns finding whose sale it is, by phone or name.
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { User } from '../../../../src/modules/users/schema.ts'
import { api, ApiError, type Page } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'
import { useDebounced } from '../../lib/use-debounced.ts'
import { TextField } from '../../ui/field.tsx'
import styles from './dialogs.module.css'
import type { DraftCustomer } from './draft.ts'
import { KeyButton } from './key-button.tsx'
import { useKeys } from './keys.ts'
import { TillDialog } from './till-dialog.tsx'
import { useFirstFocus } from './use-first-focus.ts'

interface CustomerDialogProps {
  readonly given: DraftCustomer | null
  readonly onPick: (customer: DraftCustomer | null) => void
  readonly onClose: () => void
}

export function CustomerDialog({ given, onPick, onClose }: CustomerDialogProps) {
  const { t } = useTranslation()
  const first = useFirstFocus<HTMLInputElement>()
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const search = useDebounced(typed.trim())
  const found = useQuery({
    queryKey: keys.customers(`counter ${search}`),
    queryFn: ({ signal }) =>
      api.get<Page<User>>('/users', { search, active: true, limit: 8 }, signal),
    enabled: search !== '',
    // Without a network it fails at once, and says so.
    networkMode: 'always',
    retry: false,
  })
  const people = search === '' ? [] : (found.data?.items ?? [])
  const pick = (user: User) => onPick({ user_id: user.user_id, label: shortOf(user) })
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setActive((now) => Math.min(Math.max(now + step, 0), Math.max(people.length - 1, 0)))
    }
    const chosen = people[active]
    // Only what stands there for exactly this text.
    if (event.key === 'Enter' && chosen && search === typed.trim() && !found.isFetching) {
      event.preventDefault()
      pick(chosen)
    }
  }
  useKeys({ F2: () => (given ? onPick(null) : false) })
  const isAway = found.error instanceof ApiError && found.error.status === 0
  return (
    <TillDialog title={t('counter.actions.customer')} onClose={onClose}>
      <div className={styles.form} onKeyDown={press}>
        <TextField
          label={t('counter.customerField')}
          error={
            found.error ? (isAway ? t('counter.customerOffline') : found.error.message) : undefined
          }
          value={typed}
          autoComplete="off"
          ref={first}
          data-codes
          onChange={(event) => {
            setTyped(event.target.value)
            setActive(0)
          }}
        />
        <ul className={styles.list} aria-label={t('counter.actions.customer')}>
          {people.map((user, index) => (
            <li key={user.user_id}>
              <button
                type="button"
                className={styles.row}
                aria-current={index === active || undefined}
                onClick={() => pick(user)}
              >
                {labelOf(user)}
              </button>
            </li>
          ))}
        </ul>
        {found.data?.items.length === 0 && search !== '' && (
          <p role="status">{t('counter.customerNone')}</p>
        )}
        {given && (
          <div className={styles.actions}>
            <KeyButton shortcut="F2" onClick={() => onPick(null)}>
              {t('counter.customerRemove')}
            </KeyButton>
          </div>
        )}
      </div>
    </TillDialog>
  )
}

function labelOf(user: User): string {
  return [user.display_name || user.username, user.phone].filter(Boolean).join(' · ')
}

/** The last digits tell two of one name apart; the whole number needn't stay on a till. */
function shortOf(user: User): string {
  const phone = user.phone.replaceAll(/\D/g, '')
  return [user.display_name || user.username, phone && `…${phone.slice(-4)}`]
    .filter(Boolean)
    .join(' ')
}
