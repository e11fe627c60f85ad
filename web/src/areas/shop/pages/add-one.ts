// Owns the quick way into the cart from a product's card.
import type { InventoryItem } from '../../../../../src/modules/inventory/schema.ts'
import { addToCart } from '../../../features/cart/cart-store.ts'
import { productName } from '../../../lib/format.ts'
import { translate } from '../../../lib/i18n.ts'
import { showToast } from '../../../ui/toast-store.ts'

export function addOne(product: InventoryItem): void {
  const added = addToCart(product, 1)
  showToast(
    added
      ? { tone: 'good', text: translate('cart.added'), detail: productName(product), to: '/cart' }
      : { tone: 'bad', text: translate('cart.full') },
  )
}
