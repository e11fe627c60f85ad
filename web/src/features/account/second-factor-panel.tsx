// Owns two-step login on the account's page: whether it is on, and every way to change that.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormBody } from '../../ui/form-body.tsx'
import { SkeletonList } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast-store.ts'
import { useForm } from '../../ui/use-form.ts'
import styles from './account.module.css'
import { Enrolment } from './enrolment.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import {
  type Proof,
  removeSecondFactor,
  renewCodes,
  type SecondFactor,
  useSecondFactor,
  useSecondFactorChange,
} from './second-factor.ts'

interface SecondFactorPanelProps {
  /** True while recovery codes are shown. */
  readonly onCodes?: (shown: boolean) => void
}

export function SecondFactorPanel({ onCodes }: SecondFactorPanelProps) {
  const { t } = useTranslation()
  const factor = useSecondFactor()
  const changed = useSecondFactorChange()
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const show = (fresh: readonly string[]) => {
    onCodes?.(true)
    setCodes(fresh)
  }
  if (codes) {
    const done = async () => {
      await changed()
      setCodes(null)
      onCodes?.(false)
    }
    return <RecoveryCodes codes={codes} onDone={() => void done()} />
  }
  if (factor.isPending) return <SkeletonList count={1} height={56} />
  if (!factor.data) return <ErrorState error={factor.error} onRetry={() => void factor.refetch()} />
  if (factor.data.on) return <TurnedOn factor={factor.data} onCodes={show} />
  return (
    <Enrolment
      onOn={(fresh) => {
        show(fresh)
        showToast({ tone: 'good', text: t('security.turnedOn') })
      }}
    />
  )
}

interface TurnedOnProps {
  readonly factor: SecondFactor
  readonly onCodes: (codes: readonly string[]) => void
}

function TurnedOn({ factor, onCodes }: TurnedOnProps) {
  const { t } = useTranslation()
  const changed = useSecondFactorChange()
  const [step, setStep] = useState<'renew' | 'remove' | null>(null)
  const remove = async (proof: Proof) => {
    await removeSecondFactor(proof)
    showToast({ tone: 'good', text: t('security.removed') })
    await changed()
  }
  return (
    <div className={styles.stack}>
      <p>
        <strong>{t('security.on')}</strong>
        <br />
        <span className={styles.soft}>
          {t('security.codesLeft', { count: factor.recovery_codes_left })}
        </span>
      </p>
      {step === null && (
        <div className={styles.actions}>
          <Button onClick={() => setStep('renew')}>{t('security.renew')}</Button>
          <Button tone="danger" onClick={() => setStep('remove')}>
            {t('security.remove')}
          </Button>
        </div>
      )}
      {step === 'renew' && (
        <ProofForm
          action={t('security.renew')}
          onProof={async (proof) => onCodes(await renewCodes(proof))}
          onCancel={() => setStep(null)}
        />
      )}
      {step === 'remove' && (
        <ProofForm
          danger
          action={t('security.remove')}
          onProof={remove}
          onCancel={() => setStep(null)}
        />
      )}
    </div>
  )
}

interface ProofFormProps {
  readonly action: string
  readonly danger?: boolean
  readonly onProof: (proof: Proof) => Promise<void>
  readonly onCancel: () => void
}

function ProofForm({ action, danger = false, onProof, onCancel }: ProofFormProps) {
  const { t } = useTranslation()
  const form = useForm({
    initial: { current_password: '', code: '' },
    check: (values) => ({
      ...(values.current_password === '' && { current_password: t('account.passwordMissing') }),
      ...(values.code.trim().length < 6 && { code: t('security.codeMissing') }),
    }),
    send: ({ current_password, code }) => onProof({ current_password, code: code.trim() }),
  })
  return (
    <FormBody form={form}>
      <TextField
        label={t('account.currentPassword')}
        type="password"
        autoComplete="current-password"
        maxLength={128}
        {...form.field('current_password')}
      />
      <TextField
        label={t('security.codeOrRecovery')}
        autoComplete="one-time-code"
        autoCapitalize="none"
        maxLength={60}
        {...form.field('code')}
      />
      <div className={styles.actions}>
        <Button tone={danger ? 'danger' : 'primary'} type="submit" busy={form.busy}>
          {action}
        </Button>
        <Button tone="quiet" onClick={onCancel}>
          {t('actions.close')}
        </Button>
      </div>
    </FormBody>
  )
}
