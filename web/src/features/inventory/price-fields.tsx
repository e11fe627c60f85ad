// Owns a product's price and cost, and what is left between them.
import { Form, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'

import { currencySymbol, minorDigits } from '../../lib/format.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import { useMarginText } from './margin.ts'
import styles from './product-form.module.css'
import { minorUnits, type ProductValues } from './product-values.ts'

export function PriceFields() {
  const { t } = useTranslation()
  const { currency } = useShopInfo()
  const digits = minorDigits(currency)
  const margin = useMargin(digits)
  const money = {
    min: 0,
    max: 100_000_000 / 10 ** digits,
    precision: digits,
    prefix: currencySymbol(currency),
    style: { width: '100%' },
  }
  return (
    <div className={styles.pair}>
      <Form.Item
        name="price"
        label={t('office.price')}
        rules={[{ required: true, message: t('office.required') }]}
      >
        <InputNumber {...money} />
      </Form.Item>
      <Form.Item name="cost" label={t('office.cost')} {...(margin && { extra: margin })}>
        <InputNumber {...money} />
      </Form.Item>
    </div>
  )
}

function useMargin(digits: number) {
  const form = Form.useFormInstance<ProductValues>()
  const minor = (major: number | null | undefined) =>
    major == null ? null : minorUnits(major, digits)
  const price = minor(Form.useWatch('price', form))
  const cost = minor(Form.useWatch('cost', form))
  const margin = useMarginText(price, cost)
  return margin && <span className={margin.isLoss ? styles.loss : undefined}>{margin.words}</span>
}
