// Owns making and changing a product.
import { AutoComplete, Drawer, Form, Input, InputNumber, Skeleton, Switch, Button } from 'antd'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { ApiError } from '../../lib/api.ts'
import { minorDigits } from '../../lib/format.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import styles from './product-form.module.css'
import { type ProductValues, toPatch, toValues } from './product-values.ts'
import { useCategories, useProduct, useSaveProduct } from './queries.ts'

interface ProductFormProps {
  readonly editing: number | 'new' | null
  readonly onClose: () => void
  readonly onCreated: (productId: number) => void
}

export function ProductForm({ editing, onClose, onCreated }: ProductFormProps) {
  const { t } = useTranslation()
  return (
    <Drawer
      title={editing === 'new' ? t('office.newProduct') : t('office.editProduct')}
      open={editing !== null}
      onClose={onClose}
      size={520}
      destroyOnHidden
    >
      {editing === 'new' && <Fields product={null} onDone={onCreated} />}
      {typeof editing === 'number' && <Existing productId={editing} onDone={onClose} />}
    </Drawer>
  )
}

function Existing({ productId, onDone }: { productId: number; onDone: () => void }) {
  const product = useProduct(productId)
  return product.data ? <Fields product={product.data} onDone={onDone} /> : <Skeleton active />
}

interface FieldsProps {
  readonly product: InventoryItem | null
  readonly onDone: (productId: number) => void
}

function Fields({ product, onDone }: FieldsProps) {
  const { t } = useTranslation()
  const { currency } = useShopInfo()
  const digits = minorDigits(currency)
  const [form] = Form.useForm<ProductValues>()
  const save = useSaveProduct(product?.product_id ?? null)
  const submit = (values: ProductValues) =>
    save.mutate(toPatch(values, digits, product === null), {
      onSuccess: ({ item }) => {
        showToast({ tone: 'good', text: t('office.productSaved') })
        onDone(item.product_id)
      },
      onError: (error) => {
        const field = fieldOf(error)
        if (field) form.setFields([{ name: field, errors: [error.message] }])
        else showFailure(error)
      },
    })
  const money = { min: 0, max: 100_000_000 / 10 ** digits, precision: digits, prefix: currency }
  return (
    <Form<ProductValues>
      form={form}
      name="product"
      layout="vertical"
      initialValues={toValues(product, digits)}
      onFinish={submit}
    >
      <Form.Item
        name="product_name"
        label={t('office.nameZh')}
        rules={[{ required: true, whitespace: true, message: t('office.required') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="name_en" label={t('office.nameEn')}>
        <Input maxLength={200} />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item
          name="sku"
          label={t('product.sku')}
          rules={[{ required: true, whitespace: true, message: t('office.required') }]}
        >
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item
          name="barcode"
          label={t('product.barcode')}
          rules={[{ pattern: /^[0-9A-Za-z-]*$/, message: t('office.barcodeWrong') }]}
        >
          <Input maxLength={64} />
        </Form.Item>
      </div>
      <div className={styles.pair}>
        <CategoryField />
        <Form.Item name="unit" label={t('office.unit')}>
          <Input maxLength={20} />
        </Form.Item>
      </div>
      <div className={styles.pair}>
        <Form.Item
          name="price"
          label={t('office.price')}
          rules={[{ required: true, message: t('office.required') }]}
        >
          <InputNumber style={{ width: '100%' }} {...money} />
        </Form.Item>
        <Form.Item name="cost" label={t('office.cost')}>
          <InputNumber style={{ width: '100%' }} {...money} />
        </Form.Item>
      </div>
      <div className={styles.pair}>
        <Form.Item name="low_stock_threshold" label={t('office.threshold')}>
          <InputNumber style={{ width: '100%' }} min={0} max={1_000_000} precision={0} />
        </Form.Item>
        {product === null && (
          <Form.Item name="quantity" label={t('office.firstQuantity')}>
            <InputNumber style={{ width: '100%' }} min={0} max={1_000_000} precision={0} />
          </Form.Item>
        )}
      </div>
      <Form.Item name="description" label={t('office.description')}>
        <Input.TextArea rows={3} maxLength={5000} />
      </Form.Item>
      <Form.Item
        name="image_url"
        label={t('office.picture')}
        rules={[{ pattern: /^(\/|https:\/\/)/, message: t('office.pictureWrong') }]}
      >
        <Input maxLength={500} placeholder="https://" />
      </Form.Item>
      {product !== null && (
        <Form.Item name="active" label={t('office.onSale')} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={save.isPending} block>
        {t('actions.save')}
      </Button>
    </Form>
  )
}

function CategoryField() {
  const { t } = useTranslation()
  const categories = useCategories()
  return (
    <Form.Item name="category" label={t('office.category')}>
      <AutoComplete
        maxLength={60}
        options={(categories.data ?? []).map(({ category }) => ({ value: category }))}
        showSearch={{ filterOption: (typed, option) => option?.value.includes(typed) ?? false }}
      />
    </Form.Item>
  )
}

/** A SKU or barcode that another product has belongs to its field. */
function fieldOf(error: Error): 'sku' | 'barcode' | null {
  if (!(error instanceof ApiError)) return null
  if (error.code.includes('SKU')) return 'sku'
  return error.code.includes('BARCODE') ? 'barcode' : null
}
