// Owns the drawers that any of the staff's pages may open by the address: an order, a product.
import { lazy, Suspense, useState } from 'react'
import { useNavigate } from 'react-router'

import { OrderDrawer } from '../../features/orders/order-drawer.tsx'
import { useUrlFilters } from '../../lib/url-filters.ts'
import { useSession } from '../../lib/session.ts'
import { labelsPath } from './pages/labels-path.ts'
import { orderPapersPath } from './pages/order-papers-path.ts'

const ProductDrawer = lazy(async () => {
  const { ProductDrawer: drawer } = await import('../../features/inventory/product-drawer.tsx')
  return { default: drawer }
})
const ProductForm = lazy(async () => {
  const { ProductForm: form } = await import('../../features/inventory/product-form.tsx')
  return { default: form }
})

export function OrderDrawerByAddress() {
  const address = useUrlFilters()
  return (
    <OrderDrawer
      orderId={address.id('order')}
      onClose={() => address.set({ order: null })}
      productPath={(productId) => `/office/stock?product=${productId}`}
      papersPath={orderPapersPath}
    />
  )
}

export function ProductDrawersByAddress() {
  const address = useUrlFilters()
  const navigate = useNavigate()
  const { may } = useSession()
  const editing = address.get('edit') === 'new' ? 'new' : address.id('edit')
  const productId = address.id('product')
  // Once opened they stay, so that they close with their motion.
  const [wanted, setWanted] = useState({ product: false, form: false })
  if (productId !== null && !wanted.product) setWanted({ ...wanted, product: true })
  if (editing !== null && !wanted.form) setWanted({ ...wanted, form: true })
  return (
    <Suspense>
      {wanted.product && (
        <ProductDrawer
          productId={productId}
          onClose={() => address.set({ product: null })}
          onEdit={(productId) => address.set({ edit: String(productId) })}
          onLabel={(productId) => void navigate(labelsPath([productId]))}
          orderPath={(orderId) => `/office/orders?order=${orderId}`}
        />
      )}
      {wanted.form && may('manager') && (
        <ProductForm
          editing={editing}
          onClose={() => address.set({ edit: null }, true)}
          onCreated={(productId) => address.set({ edit: null, product: String(productId) }, true)}
        />
      )}
    </Suspense>
  )
}
