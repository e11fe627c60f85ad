// Owns bringing the cart together with what the shop has now.
import { checkCart } from '../../../features/cart/cart-rules.ts'
import { useCart } from '../../../features/cart/cart-store.ts'
import { useProductsById } from '../../../features/inventory/queries.ts'

export function useCheckedCart() {
  const lines = useCart()
  const { products, loading, error, retry } = useProductsById(lines.map((line) => line.product_id))
  return { cart: checkCart(lines, products), empty: lines.length === 0, loading, error, retry }
}
