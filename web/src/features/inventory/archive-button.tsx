// Owns taking a product off sale and putting it back: a decision of its own, never a side effect of saving.
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { productName } from '../../lib/format.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { useSaveProduct } from './queries.ts'

interface ArchiveButtonProps {
  readonly product: InventoryItem
  readonly size?: 'middle' | 'large'
  /** Hears what the product is then. */
  readonly onChanged?: (product: InventoryItem) => void
}

export function ArchiveButton({ product, size, onChanged }: ArchiveButtonProps) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const save = useSaveProduct(product.product_id)
  const does = product.active ? 'archive' : 'restore'
  const change = () =>
    save.mutateAsync({ active: !product.active }).then(({ item }) => {
      onChanged?.(item)
      showToast({ tone: 'good', text: t(`editor.${does}dDone`) })
    }, showFailure)
  const ask = () =>
    void modal.confirm({
      title: t(`editor.${does}Sure`),
      content: (
        <>
          <strong>{productName(product)}</strong>
          <p>{t(`editor.${does}Text`)}</p>
        </>
      ),
      okText: t(`editor.${does}`),
      okButtonProps: { danger: product.active },
      onOk: change,
    })
  return (
    <Button {...(size && { size })} danger={product.active} loading={save.isPending} onClick={ask}>
      {t(`editor.${does}`)}
    </Button>
  )
}
