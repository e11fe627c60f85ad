// Owns the orders in which customers may look at the catalogue.
import type { InventorySort } from '../../../../src/modules/inventory/schema.ts'

export const INVENTORY_SORTS_FOR_CUSTOMERS = [
  'name',
  'newest',
  'price',
  '-price',
] as const satisfies readonly InventorySort[]
