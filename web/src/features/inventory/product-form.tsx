// Owns making and changing a product: the drawer, its form, and that nothing typed is lost unasked.
import { Alert, Button, Drawer, Empty, Form, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { productName } from '../../lib/format.ts'
import { useLeaveGuard } from '../../lib/office/leave-guard.ts'
import { useConfirm } from '../../ui/office/use-confirm.ts'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import { ArchiveButton } from './archive-button.tsx'
import { ProductFields } from './product-fields.tsx'
import styles from './product-form.module.css'
import type { ProductValues } from './product-values.ts'
import { useProduct } from './queries.ts'
import { useProductSaving } from './use-product-saving.ts'

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
          reread={() => Promise.resolve(null)}
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
  if (product.data) {
    const reread = async () => (await product.refetch()).data
    return <Fields key={productId} product={product.data} reread={reread} {...rest} />
  }
  if (!product.error) return <Skeleton active />
  return <LoadFailure error={product.error} onRetry={product.refetch} />
}

interface FieldsProps extends EditProps {
  readonly product: InventoryItem | null
  readonly reread: () => Promise<InventoryItem | null | undefined>
}

function Fields({ product, reread, onDirty, onDone }: FieldsProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<ProductValues>()
  const [sending, setSending] = useState(false)
  const saving = useProductSaving({ product, form, reread, onDirty, onDone })
  // Left by the back button, the next form begins clean.
  useEffect(() => () => onDirty(false), [onDirty])
  return (
    <Form<ProductValues>
      form={form}
      name="product"
      layout="vertical"
      initialValues={saving.initialValues}
      scrollToFirstError={{ block: 'center', focus: true }}
      onFinish={saving.submit}
      onValuesChange={(_, values) => onDirty(saving.hasChanges(values))}
    >
      <ProductFields
        isNew={product === null}
        onSending={setSending}
        onSuggested={(sku) => saving.begin({ sku })}
      />
      {product !== null && saving.isContested && (
        <Alert
          className={styles.contested ?? ''}
          type="warning"
          showIcon
          title={t('editor.contested', { name: productName(product) })}
        />
      )}
      <div className={styles.bar}>
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          loading={saving.isPending}
          disabled={sending}
          block
        >
          {t('actions.save')}
        </Button>
        {product !== null && (
          <ArchiveButton product={product} size="large" onChanged={saving.follow} />
        )}
      </div>
    </Form>
  )
}
