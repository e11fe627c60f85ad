// Owns the settings of the shop itself: name, logo, currency, and where it is in time.
import { Card, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'

import { currentLanguage } from '../../lib/i18n.ts'
import { BrandField } from './brand-field.tsx'
import { LogoField } from './logo-field.tsx'
import { useHasOrders } from './queries.ts'
import styles from './settings.module.css'
import { CurrencySelect, ZoneSelect } from './shop-selects.tsx'

export function ShopCard() {
  const { t } = useTranslation()
  const hasOrders = useHasOrders()
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
      <Form.Item name="brand_color" label={t('shopSettings.names.brand_color')}>
        <BrandField />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item
          name="currency"
          label={t('setup.currency')}
          extra={t(hasOrders ? 'shopSettings.currencyFixed' : 'setup.currencyHint')}
        >
          <CurrencySelect disabled={hasOrders} />
        </Form.Item>
        <Form.Item name="time_zone" label={t('setup.timeZone')} extra={<LocalTime />}>
          <ZoneSelect />
        </Form.Item>
      </div>
    </Card>
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
