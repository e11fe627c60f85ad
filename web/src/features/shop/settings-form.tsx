// Owns the shop's settings as one form: what changed is saved together, and isn't lost by leaving.
import { Button, Form, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Settings } from '../../../../src/modules/shop/schema.ts'
import { fieldErrors } from '../../lib/office/field-errors.ts'
import { useLeaveGuard } from '../../lib/office/leave-guard.ts'
import { useConfirm } from '../../ui/office/use-confirm.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import { changesOf, type SettingName } from './changes.ts'
import { LanguagesCard } from './languages-card.tsx'
import { useSaveSettings, useSettings } from './queries.ts'
import { ReceiptCard } from './receipt-card.tsx'
import { SafetyCard } from './safety-card.tsx'
import { SellingCard } from './selling-card.tsx'
import styles from './settings.module.css'
import { ShopCard } from './shop-card.tsx'

export function SettingsForm() {
  const settings = useSettings()
  if (settings.isPending) return <Skeleton active paragraph={{ rows: 8 }} />
  if (!settings.data) return <LoadFailure error={settings.error} onRetry={settings.refetch} />
  return <Fields settings={settings.data} />
}

function Fields({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Settings>()
  const save = useSaveSettings()
  // Until the form stands, its values are those it begins with.
  const typed = (Form.useWatch([], form) as Settings | undefined) ?? settings
  const values = cleaned({ ...settings, ...typed })
  const changed = Object.keys(changesOf(settings, values)) as SettingName[]
  const names = changed
    .map((name) => t(`shopSettings.names.${name}`))
    .join(t('order.nameSeparator'))
  useAskBeforeLeaving(names)

  const submit = () =>
    save.mutate(changesOf(settings, values), {
      onSuccess: (saved) => {
        form.setFieldsValue(saved)
        showToast({ tone: 'good', text: t('shopSettings.saved'), detail: names })
      },
      onError: (error) => {
        const wrong = fieldErrors(error, changed)
        if (wrong.length > 0) form.setFields(wrong)
        else showFailure(error)
      },
    })
  return (
    <Form<Settings>
      form={form}
      name="settings"
      layout="vertical"
      requiredMark={false}
      scrollToFirstError={{ focus: true, block: 'center' }}
      initialValues={settings}
      onFinish={submit}
      className={styles.form ?? ''}
    >
      <ShopCard />
      <SellingCard />
      <ReceiptCard values={values} />
      <LanguagesCard />
      <SafetyCard />
      <div className={changed.length > 0 ? `${styles.bar} ${styles.pending}` : styles.bar}>
        <p aria-live="polite">
          {changed.length > 0 ? t('shopSettings.unsaved', { names }) : t('shopSettings.nothing')}
        </p>
        <Button
          disabled={changed.length === 0 || save.isPending}
          onClick={() => form.setFieldsValue(settings)}
        >
          {t('shopSettings.discard')}
        </Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={changed.length === 0}
          loading={save.isPending}
        >
          {t('actions.save')}
        </Button>
      </div>
    </Form>
  )
}

function useAskBeforeLeaving(names: string): void {
  const { t } = useTranslation()
  const confirm = useConfirm()
  useLeaveGuard(names !== '', () =>
    confirm({
      title: t('shopSettings.leaveTitle'),
      text: t('shopSettings.leaveText', { names }),
      ok: t('shopSettings.leave'),
      cancel: t('shopSettings.stay'),
    }),
  )
}

/** What stands around the name by mistake isn't part of it. */
function cleaned(values: Settings): Settings {
  return { ...values, shop_name: values.shop_name.trim() }
}
