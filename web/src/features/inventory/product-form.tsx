// Owns making and changing a product: the drawer, what is sent, and that nothing typed is lost unasked.
import { Alert, Button, Drawer, Empty, Form, Skeleton } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { ApiError } from '../../lib/api.ts'
import { minorDigits } from '../../lib/format.ts'
import { useLeaveGuard } from '../../lib/office/leave-guard.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import { useConfirm } from '../../ui/office/use-confirm.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { ArchiveButton } from './archive-button.tsx'
import { ProductFields } from './product-fields.tsx'
import styles from './product-form.module.css'
import { differ, type ProductValues, toPatch, toValues } from './product-values.ts'
import { useProduct, useSaveProduct } from './queries.ts'

interface ProductFormProps {
  readonly editing: number | 'new' | null
  readonly onClose: () => void
  readonly onCreated: (productId: number) => void
}

export function ProductForm({ editing, onClose, onCreated }: ProductFormProps) {
  const { t } = useTranslation()
  const [dirty, setDirty] = useState(false)
  const mayLeave = useAskUnsaved()
  useLeaveGuard(dirty && editing !== null, mayLeave)
  const close = async () => {
    if (!dirty || (await mayLeave())) leave(onClose)
  }
  /** The guard must be gone before the address changes. */
  const leave = (go: () => void) => {
    setDirty(false)
    setTimeout(go)
  }
  return (
    <Drawer
      title={editing === 'new' ? t('office.newProduct') : t('office.editProduct')}
      open={editing !== null}
      onClose={() => void close()}
      size={560}
      destroyOnHidden
      keyboard
    >
      {editing === 'new' && (
        <Fields
          product={null}
          onDirty={setDirty}
          onDone={(productId) => leave(() => onCreated(productId))}
        />
      )}
      {typeof editing === 'number' && (
        <Existing productId={editing} onDirty={setDirty} onDone={() => leave(onClose)} />
      )}
    </Drawer>
  )
}

function useAskUnsaved() {
  const { t } = useTranslation()
  const confirm = useConfirm()
  return () =>
    confirm({
      title: t('editor.unsavedTitle'),
      text: t('editor.unsavedText'),
      ok: t('editor.closeAnyway'),
      cancel: t('editor.keepEditing'),
    })
}

interface EditProps {
  readonly onDirty: (dirty: boolean) => void
  readonly onDone: (productId: number) => void
}

function Existing({ productId, ...rest }: EditProps & { readonly productId: number }) {
  const { t } = useTranslation()
  const product = useProduct(productId)
  if (product.data === null) return <Empty description={t('states.notFound')} />
  if (product.data) return <Fields key={productId} product={product.data} {...rest} />
  if (!product.error) return <Skeleton active />
  return (
    <Alert
      type="error"
      title={product.error.message}
      action={<Button onClick={() => void product.refetch()}>{t('actions.retry')}</Button>}
    />
  )
}

function Fields({ product, onDirty, onDone }: EditProps & { product: InventoryItem | null }) {
  const { t } = useTranslation()
  const { currency } = useShopInfo()
  const digits = minorDigits(currency)
  const [form] = Form.useForm<ProductValues>()
  const [sending, setSending] = useState(false)
  const save = useSaveProduct(product?.product_id ?? null)
  // What the form began with: the product itself is read anew while somebody types.
  const before = useRef(toValues(product, digits))
  // Left by the back button, the next form begins clean.
  useEffect(() => () => onDirty(false), [onDirty])
  const submit = (values: ProductValues) =>
    save.mutate(toPatch(values, digits, product === null), {
      onSuccess: ({ item }) => {
        showToast({ tone: 'good', text: t('office.productSaved') })
        onDone(item.product_id)
      },
      onError: (error) => {
        const field = fieldOf(error)
        if (!field) return showFailure(error)
        form.setFields([{ name: field, errors: [withoutField(error.message)] }])
        form.scrollToField(field, { block: 'center', focus: true })
      },
    })
  return (
    <Form<ProductValues>
      form={form}
      name="product"
      layout="vertical"
      initialValues={before.current}
      scrollToFirstError={{ block: 'center', focus: true }}
      onFinish={submit}
      onValuesChange={(_, values) => onDirty(differ(values, before.current))}
    >
      <ProductFields isNew={product === null} onSending={setSending} />
      <div className={styles.bar}>
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          loading={save.isPending}
          disabled={sending}
          block
        >
          {t('actions.save')}
        </Button>
        {product !== null && <ArchiveButton product={product} size="large" />}
      </div>
    </Form>
  )
}

/** A SKU or barcode that another product has belongs to its field. */
function fieldOf(error: Error): 'sku' | 'barcode' | null {
  if (!(error instanceof ApiError)) return null
  if (error.code.includes('SKU')) return 'sku'
  return error.code.includes('BARCODE') ? 'barcode' : null
}

/** The server names the field first; here the message stands below it. */
function withoutField(message: string): string {
  return message.replace(/^\w+[:：]\s*/, '')
}
