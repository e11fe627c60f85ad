// Owns the settings of the shop itself: name, logo, currency, and where it is in time.
import { Card, Form, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { currentLanguage } from '../../lib/i18n.ts'
import { LogoField } from './logo-field.tsx'
import { useHasOrders } from './queries.ts'
import styles from './settings.module.css'
import { currencies, timeZones } from './time-zones.ts'
import { currencyName, zoneOption } from './zone-names.ts'

export function ShopCard() {
  const { t } = useTranslation()
  const hasOrders = useHasOrders()
  const language = currentLanguage()
  return (
    <Card title={t('shopSettings.shop')}>
      <Form.Item
        name="shop_name"
        label={t('setup.shopName')}
        rules={[{ required: true, whitespace: true, message: t('setup.shopNameMissing') }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="logo_url" label={t('shopSettings.logo')}>
        <LogoField />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item
          name="currency"
          label={t('setup.currency')}
          extra={t(hasOrders ? 'shopSettings.currencyFixed' : 'setup.currencyHint')}
        >
          <Select
            disabled={hasOrders}
            showSearch={{ optionFilterProp: 'label' }}
            options={currencies.map((value) => ({ value, label: currencyName(value, language) }))}
          />
        </Form.Item>
        <Form.Item name="time_zone" label={t('setup.timeZone')} extra={<LocalTime />}>
          <ZoneSelect />
        </Form.Item>
      </div>
    </Card>
  )
}

interface ZoneSelectProps {
  // Given by the form's item around it.
  readonly id?: string
  readonly value?: string
  readonly onChange?: (zone: string) => void
}

/** Naming all zones takes a third of a second: not before somebody looks. */
function ZoneSelect({ id, value = '', onChange }: ZoneSelectProps) {
  const language = currentLanguage()
  const [opened, setOpened] = useState(false)
  const all = useMemo(
    () => (opened ? timeZones().map((zone) => zoneOption(zone, language)) : null),
    [opened, language],
  )
  const options = all ?? (value === '' ? [] : [zoneOption(value, language)])
  return (
    <Select
      {...(id && { id })}
      value={value}
      {...(onChange && { onChange })}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
      onOpenChange={(open) => open && setOpened(true)}
    />
  )
}

/** So that a wrong zone is seen at once. */
function LocalTime() {
  const { t } = useTranslation()
  const zone = Form.useWatch<string | undefined>('time_zone')
  if (!zone) return null
  const time = new Intl.DateTimeFormat(currentLanguage(), {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(new Date())
  return <>{t('shopSettings.localTime', { time })}</>
}
