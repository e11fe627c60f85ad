// Owns putting a product into the cart, and saying so or why not.
import type { InventoryItem } from '../../../../../src/modules/inventory/schema.ts'
import { addToCart, quantityInCart } from '../../../features/cart/cart-store.ts'
import { productName } from '../../../lib/format.ts'
import { translate } from '../../../lib/i18n.ts'
import { showToast } from '../../../ui/toast-store.ts'

/** The quick way, from a product's card. */
export function addOne(product: InventoryItem): void {
  if (!addOrSayWhyNot(product, 1)) return
  showToast({
    tone: 'good',
    text: translate('cart.added'),
    detail: productName(product),
    to: '/cart',
  })
}

/** Adds it, or says that there aren't so many or that the cart is full. */
export function addOrSayWhyNot(product: InventoryItem, quantity: number): boolean {
  const inCart = quantityInCart(product.product_id)
  // Unknown where the shop doesn't show how many are left.
  const left = product.quantity
  if (left !== undefined && inCart + quantity > left) {
    const text =
      inCart > 0
        ? translate('cart.noMore', { left, inCart })
        : translate('cart.tooFew', { count: left })
    showToast({ tone: 'bad', text, ...(inCart > 0 && { to: '/cart' }) })
    return false
  }
  const added = addToCart(product, quantity)
  if (!added) showToast({ tone: 'bad', text: translate('cart.full') })
  return added
}
