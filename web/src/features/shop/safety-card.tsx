// Owns the settings of who gets in: whether staff need two-step login.
import { Card, Form, Switch } from 'antd'
import { useTranslation } from 'react-i18next'

import styles from './settings.module.css'

export function SafetyCard() {
  const { t } = useTranslation()
  const name = t('shopSettings.names.staff_second_factor')
  return (
    <Card title={t('shopSettings.safety')}>
      <label className={styles.switch}>
        <span>
          {name}
          <small>{t('shopSettings.secondFactorText')}</small>
        </span>
        <Form.Item name="staff_second_factor" valuePropName="checked" noStyle>
          <Switch aria-label={name} />
        </Form.Item>
      </label>
    </Card>
  )
}
