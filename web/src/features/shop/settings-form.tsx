// Owns the shop's settings: name, currency, zone, and how orders and stock are treated.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Select, Skeleton, Switch } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Settings, SettingsPatch } from '../../../../src/modules/shop/schema.ts'
import { api } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { changesOf } from './changes.ts'
import { currencies, timeZones } from './time-zones.ts'

export function SettingsForm() {
  const { t } = useTranslation()
  const settings = useQuery({
    queryKey: keys.settings,
    queryFn: async () => (await api.get<{ item: Settings }>('/settings')).item,
  })
  if (settings.isPending) return <Skeleton active />
  if (!settings.data) {
    return (
      <Alert
        type="error"
        title={settings.error.message}
        action={<Button onClick={() => void settings.refetch()}>{t('actions.retry')}</Button>}
      />
    )
  }
  return <Fields settings={settings.data} />
}

function Fields({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (patch: SettingsPatch) => api.patch<{ item: Settings }>('/settings', patch),
    onSuccess: ({ item }) => {
      client.setQueryData(keys.settings, item)
      void client.invalidateQueries({ queryKey: keys.shop })
      showToast({ tone: 'good', text: t('office.settings.saved') })
    },
    onError: showFailure,
  })
  const submit = (values: Settings) => {
    const changes = changesOf(settings, values)
    if (Object.keys(changes).length > 0) save.mutate(changes)
  }
  return (
    <Form<Settings>
      name="settings"
      layout="vertical"
      requiredMark={false}
      initialValues={settings}
      onFinish={submit}
    >
      <Form.Item
        name="shop_name"
        label={t('setup.shopName')}
        rules={[{ required: true, whitespace: true, message: t('setup.shopNameMissing') }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="currency" label={t('setup.currency')} extra={t('setup.currencyHint')}>
        <Select showSearch options={currencies.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="time_zone" label={t('setup.timeZone')}>
        <Select showSearch options={timeZones().map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item
        name="auto_confirm"
        label={t('office.settings.autoConfirm')}
        extra={t('office.settings.autoConfirmText')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <Form.Item
        name="show_stock"
        label={t('office.settings.showStock')}
        extra={t('office.settings.showStockText')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t('actions.save')}
      </Button>
    </Form>
  )
}
