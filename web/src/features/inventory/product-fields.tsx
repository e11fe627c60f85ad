// Owns the fields of a product's form, in the order in which a person knows them.
import { AutoComplete, Form, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'

import { useSession } from '../../lib/session.ts'
import { BarcodeField } from './barcode-field.tsx'
import { PictureField } from './picture-field.tsx'
import { PriceFields } from './price-fields.tsx'
import styles from './product-form.module.css'
import { useDefaultThreshold } from './editor-queries.ts'
import { useCategories } from './queries.ts'
import { SkuField } from './sku-field.tsx'
import { termName } from './terms.ts'

interface ProductFieldsProps {
  readonly isNew: boolean
  /** A picture is on its way. */
  readonly onSending: (sending: boolean) => void
  /** A new product's SKU was filled in. */
  readonly onSuggested: (sku: string) => void
}

export function ProductFields({ isNew, onSending, onSuggested }: ProductFieldsProps) {
  const { t } = useTranslation()
  const required = { required: true, whitespace: true, message: t('office.required') }
  return (
    <>
      <Form.Item name="product_name" label={t('office.nameZh')} rules={[required]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="name_en" label={t('office.nameEn')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="image_urls" label={t('editor.picture.label')}>
        <PictureField onBusy={onSending} />
      </Form.Item>
      <div className={styles.pair}>
        <SkuField isNew={isNew} onSuggested={onSuggested} />
        <BarcodeField />
      </div>
      <PriceFields />
      <div className={styles.pair}>
        <CategoryField />
        <Form.Item name="unit" label={t('office.unit')}>
          <Input maxLength={20} />
        </Form.Item>
      </div>
      <div className={styles.pair}>
        {isNew && (
          <Form.Item name="quantity" label={t('office.firstQuantity')}>
            <InputNumber style={{ width: '100%' }} min={0} max={1_000_000} precision={0} />
          </Form.Item>
        )}
        <ThresholdField isNew={isNew} />
      </div>
      <Form.Item name="description" label={t('office.description')}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={5000} />
      </Form.Item>
    </>
  )
}

function ThresholdField({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const preset = useDefaultThreshold(isNew && may('owner'))
  return (
    <Form.Item
      name="low_stock_threshold"
      label={t('office.threshold')}
      {...(isNew && { extra: t('editor.thresholdDefault') })}
    >
      <InputNumber
        style={{ width: '100%' }}
        min={0}
        max={1_000_000}
        precision={0}
        {...(preset !== null && { placeholder: String(preset) })}
      />
    </Form.Item>
  )
}

function CategoryField() {
  const { t } = useTranslation()
  const categories = useCategories()
  return (
    <Form.Item name="category" label={t('office.category')}>
      <AutoComplete
        maxLength={60}
        options={(categories.data ?? [])
          .filter(({ category }) => category !== '')
          .map(({ category }) => ({ value: category, label: termName(category) }))}
        showSearch={{
          filterOption: (typed, option) =>
            (option?.value.includes(typed) || option?.label.includes(typed)) ?? false,
        }}
      />
    </Form.Item>
  )
}
