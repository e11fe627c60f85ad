// Owns the proofs about stock: the ledger explains what is on hand, and nothing is impossible.
import type { Reader } from '../../platform/db/store.ts'
import type { Check } from '../../platform/doctor.ts'
import { listUndone } from '../../platform/events/undone.ts'
import { promiseRows, UPDATE_STOCK } from './reservations.ts'

export const ledgerMatchesOnHand: Check = {
  name: "the ledger's sum is the stock on hand",
  async *run(reader) {
    const rows = await reader
      .selectFrom('inventory')
      .innerJoin('stock', 'stock.product_id', 'inventory.product_id')
      .leftJoin(ledgerSums(reader), 'ledger.product_id', 'inventory.product_id')
      .select((eb) => [
        'inventory.product_id',
        'inventory.sku',
        'stock.on_hand',
        eb.fn.coalesce('ledger.on_hand', eb.lit(0)).as('ledger_sum'),
      ])
      .where((eb) => eb('stock.on_hand', '!=', eb.fn.coalesce('ledger.on_hand', eb.lit(0))))
      .execute()
    for (const row of rows) {
      yield {
        message: `product ${row.product_id} (${row.sku}): on hand ${row.on_hand}, ledger ${row.ledger_sum}`,
      }
    }
  },
}

/** One without would be in no list. */
export const everyProductHasStock: Check = {
  name: 'every product has its row of stock',
  async *run(reader) {
    const rows = await reader
      .selectFrom('inventory')
      .leftJoin('stock', 'stock.product_id', 'inventory.product_id')
      .select(['inventory.product_id', 'sku'])
      .where('stock.product_id', 'is', null)
      .execute()
    for (const { product_id, sku } of rows) {
      yield { message: `product ${product_id} (${sku}) has none` }
    }
  },
}

export const stockIsPossible: Check = {
  name: 'nothing is below zero on hand or reserved',
  async *run(reader) {
    const rows = await reader
      .selectFrom('inventory')
      .innerJoin('stock', 'stock.product_id', 'inventory.product_id')
      .select(['inventory.product_id', 'sku', 'on_hand', 'reserved'])
      .where((eb) => eb.or([eb('on_hand', '<', 0), eb('reserved', '<', 0)]))
      .execute()
    for (const row of rows) {
      yield {
        message: `product ${row.product_id} (${row.sku}): on hand ${row.on_hand}, reserved ${row.reserved}`,
      }
    }
  },
}

/** What is promised = what the ledger has posted + the events it hasn't seen yet. */
export const ledgerMatchesReserved: Check = {
  name: "the ledger's promises, with the events not yet posted, are the reserved stock",
  async *run(reader) {
    const unposted = new Map<number, number>()
    for (const event of await listUndone(reader, UPDATE_STOCK)) {
      try {
        for (const { product_id, delta_reserved } of promiseRows(event)) {
          unposted.set(product_id, (unposted.get(product_id) ?? 0) + delta_reserved)
        }
      } catch (error) {
        // A damaged event must not hide which products it leaves wrong.
        yield { message: `event ${event.event_id}: ${(error as Error).message}` }
      }
    }
    for (const [product_id, { reserved, ledger }] of await readReserved(reader)) {
      const waiting = unposted.get(product_id) ?? 0
      if (ledger + waiting !== reserved) {
        yield {
          message: `product ${product_id}: reserved ${reserved}, ledger ${ledger}, not yet posted ${waiting}`,
        }
      }
    }
  },
}

/** Per product: what is stored as reserved, and what the ledger's rows add up to. */
export async function readReserved(
  reader: Reader,
): Promise<Map<number, { reserved: number; ledger: number }>> {
  const rows = await reader
    .selectFrom('stock')
    .leftJoin(ledgerSums(reader), 'ledger.product_id', 'stock.product_id')
    .select((eb) => [
      'stock.product_id',
      'stock.reserved',
      eb.fn.coalesce('ledger.reserved', eb.lit(0)).as('ledger'),
    ])
    .execute()
  return new Map(
    rows.map((row) => [row.product_id, { reserved: row.reserved, ledger: Number(row.ledger) }]),
  )
}

function ledgerSums(reader: Reader) {
  return reader
    .selectFrom('stock_movements')
    .select((eb) => [
      'product_id',
      eb.fn.sum<number>('delta_on_hand').as('on_hand'),
      eb.fn.sum<number>('delta_reserved').as('reserved'),
    ])
    .groupBy('product_id')
    .as('ledger')
}
