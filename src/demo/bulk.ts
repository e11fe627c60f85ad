// Owns the large demo for measurements: any number of users and of well-stocked products.
import { catalogue } from './catalogue.ts'
import { ean13 } from '../lib/ean13.ts'
import type { DemoProduct } from './types.ts'

export interface BulkUser {
  username: string
  password: string
  email: string
}

const plentyOnHand = 1_000_000

/** `u1` … `u<count>`, each with the password `Passw0rd!u<n>`. */
export function bulkUsers(count: number): BulkUser[] {
  return Array.from({ length: count }, (_, index) => {
    const username = `u${index + 1}`
    return { username, password: `Passw0rd!${username}`, email: `${username}@petshop.example` }
  })
}

/**
 * `count` products that go round the catalogue's kinds, each with its own name, SKU and barcode
 * and a million on hand; to be inserted in order, so that their ids begin at 1.
 */
export function bulkProducts(count: number): DemoProduct[] {
  return Array.from({ length: count }, (_, index) => {
    const template = catalogue[index % catalogue.length] as DemoProduct
    const number = index + 1
    const round = Math.floor(index / catalogue.length) + 1
    return {
      ...template,
      sku: `BK-${String(number).padStart(7, '0')}`,
      barcode: ean13(`699${String(number).padStart(9, '0')}`),
      product_name: `${template.product_name}（${round} 号款）`,
      name_en: `${template.name_en} (No. ${round})`,
      on_hand: plentyOnHand,
    }
  })
}
