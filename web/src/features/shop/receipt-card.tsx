// Owns the text on receipts, with a receipt beside it as it will be.
import { Card, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Settings } from '../../../../src/modules/shop/schema.ts'
import { ReceiptPreview } from './receipt-preview.tsx'
import styles from './settings.module.css'

export function ReceiptCard({ values }: { values: Settings }) {
  const { t } = useTranslation()
  return (
    <Card title={t('shopSettings.receipt')}>
      <div className={styles.receiptPair}>
        <Form.Item
          name="receipt_text"
          label={t('shopSettings.receiptText')}
          extra={t('shopSettings.receiptTextHint')}
        >
          <Input.TextArea autoSize={{ minRows: 5, maxRows: 12 }} maxLength={500} />
        </Form.Item>
        <ReceiptPreview values={values} />
      </div>
    </Card>
  )
}
