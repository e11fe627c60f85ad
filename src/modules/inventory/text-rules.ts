// Owns products as JSON: written once for all who may see the same of it, until anything of it changes.
import { atLeast, isStaff, type Role } from '../../lib/roles.ts'
import { presentProduct, type ProductFacts } from './rules.ts'

/** By audience. They are forgotten with the product. */
const texts = new WeakMap<ProductFacts, Map<string, string>>()

/** `presentProduct` as JSON. The product must never be changed: its text would stay. */
export function productText(product: ProductFacts, role: Role | null, showStock: boolean): string {
  let known = texts.get(product)
  if (!known) texts.set(product, (known = new Map()))
  const audience = audienceOf(role, showStock)
  let text = known.get(audience)
  if (text === undefined) {
    text = JSON.stringify(presentProduct(product, role, showStock))
    known.set(audience, text)
  }
  return text
}

/** All for whom `presentProduct` says the same. */
function audienceOf(role: Role | null, showStock: boolean): string {
  if (role === null || !isStaff(role)) return showStock ? 'customer who sees stock' : 'customer'
  return atLeast(role, 'manager') ? 'manager' : 'clerk'
}
