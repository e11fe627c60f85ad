// Owns what may be done to somebody's account; what may not be done says why.
import { Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { User } from '../../../../src/modules/users/schema.ts'
import { useSession } from '../../lib/session.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { DeleteModal } from './delete-modal.tsx'
import { DisableModal } from './disable-modal.tsx'
import { FactorModal } from './factor-modal.tsx'
import { type Limit, rolesToGive } from './limits.ts'
import { PasswordModal } from './password-modal.tsx'
import styles from './people.module.css'
import { EditPersonForm } from './person-form.tsx'
import { useChangePerson } from './queries.ts'

type Step = 'edit' | 'password' | 'factor' | 'disable' | 'delete'

interface PersonActionsProps {
  readonly user: User
  readonly limit: Limit
  readonly onDeleted: () => void
}

export function PersonActions({ user, limit, onDeleted }: PersonActionsProps) {
  const { t } = useTranslation()
  const { user: me } = useSession()
  const [step, setStep] = useState<Step | null>(null)
  const close = () => setStep(null)
  const disabled = limit !== null
  const isMe = me?.user_id === user.user_id
  return (
    <>
      <Space wrap>
        {isMe ? (
          <Link to="/account">
            <Button type="primary">{t('people.account')}</Button>
          </Link>
        ) : (
          <>
            <Button type="primary" disabled={disabled} onClick={() => setStep('edit')}>
              {t('people.edit')}
            </Button>
            <Button disabled={disabled} onClick={() => setStep('password')}>
              {t('people.newPassword')}
            </Button>
            {user.second_factor && me?.role === 'owner' && (
              <Button onClick={() => setStep('factor')}>{t('people.resetFactor')}</Button>
            )}
          </>
        )}
        {user.active ? (
          <Button disabled={disabled} onClick={() => setStep('disable')}>
            {t('people.disable')}
          </Button>
        ) : (
          <EnableButton user={user} disabled={disabled} />
        )}
        <Button danger disabled={disabled} onClick={() => setStep('delete')}>
          {t('people.delete')}
        </Button>
      </Space>
      {isMe && <p className={styles.limit}>{t('people.accountText')}</p>}
      {limit !== null && <p className={styles.limit}>{t(`people.${limit}`)}</p>}
      <EditPersonForm
        user={user}
        open={step === 'edit'}
        mayGive={me ? rolesToGive(me) : []}
        onClose={close}
      />
      <PasswordModal user={user} open={step === 'password'} onClose={close} />
      <FactorModal user={user} open={step === 'factor'} onClose={close} />
      <DisableModal user={user} open={step === 'disable'} onClose={close} />
      <DeleteModal
        user={user}
        open={step === 'delete'}
        onClose={close}
        onDeleted={() => {
          close()
          onDeleted()
        }}
      />
    </>
  )
}

/** Enabling takes nothing away: it needs no question. */
function EnableButton({ user, disabled }: { user: User; disabled: boolean }) {
  const { t } = useTranslation()
  const change = useChangePerson(user.user_id)
  const enable = () =>
    change.mutate(
      { active: true },
      {
        onSuccess: () => showToast({ tone: 'good', text: t('people.enabledDone') }),
        onError: showFailure,
      },
    )
  return (
    <Button disabled={disabled} loading={change.isPending} onClick={enable}>
      {t('people.enable')}
    </Button>
  )
}
