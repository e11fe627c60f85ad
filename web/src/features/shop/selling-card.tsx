// Owns the settings of selling: who confirms, what customers see of the stock, and when it runs low.
import { Card, Form, InputNumber, Switch } from 'antd'
import { useTranslation } from 'react-i18next'

import styles from './settings.module.css'

export function SellingCard() {
  const { t } = useTranslation()
  return (
    <Card title={t('shopSettings.selling')}>
      {(['auto_confirm', 'show_stock'] as const).map((name) => (
        <label key={name} className={styles.switch}>
          <span>
            {t(`shopSettings.names.${name}`)}
            <small>
              {t(
                name === 'auto_confirm'
                  ? 'shopSettings.autoConfirmText'
                  : 'shopSettings.showStockText',
              )}
            </small>
          </span>
          <Form.Item name={name} valuePropName="checked" noStyle>
            <Switch aria-label={t(`shopSettings.names.${name}`)} />
          </Form.Item>
        </label>
      ))}
      <Form.Item
        name="low_stock_threshold"
        label={t('shopSettings.threshold')}
        extra={t('shopSettings.thresholdText')}
        rules={[{ required: true, message: t('shopSettings.thresholdWrong') }]}
      >
        <InputNumber min={0} max={1_000_000} precision={0} style={{ width: 160 }} />
      </Form.Item>
    </Card>
  )
}
