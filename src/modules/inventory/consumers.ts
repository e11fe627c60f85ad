// Owns what follows from stock events: allocation and release rows, the stored status, low and sold-out alerts.
import { causeAfter } from '../../lib/cause.ts'
import { makeEvent, type NewEvent, type RecordedEvent } from '../../lib/events.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import type { Consumer } from '../../platform/events/consumer.ts'
import { readPayload } from '../../platform/events/payload.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import type { Catalogue } from './catalogue-actions.ts'
import { promiseRows, UPDATE_STOCK } from './reservations.ts'
import { alertOf, available, nextAlert, stockStatus } from './rules.ts'
import {
  ProductChanged,
  StockLow,
  StockMoved,
  StockOut,
  StockReleased,
  StockReserved,
  type StockStatus,
} from './schema.ts'
import { insertMovements, lockStock, moveStatus, type StockRow } from './stock-store.ts'

export function updateStockOnStockChange(store: Store): Consumer {
  return {
    name: UPDATE_STOCK,
    stream: 'inventory',
    types: [StockReserved.type, StockReleased.type, StockMoved.type, ProductChanged.type],
    async handle(trx, events) {
      const productIds = [...new Set(events.flatMap(touchedProducts))]
      if (productIds.length === 0) return
      // First of all: a ledger row alone would lock its product too, on MySQL, and in any order.
      const products = await lockStock(store, trx, productIds)
      await insertMovements(store, trx, events.flatMap(promiseRows))
      await refreshStatus(store, trx, events, products)
    },
  }
}

/** Whoever changed a product has done it already, unless the process died or Redis was away from it. */
export function refreshProductCacheOnProductChanged(catalogue: Catalogue): Consumer {
  return {
    name: 'refresh-product-cache-on-product-changed',
    stream: 'inventory',
    types: [ProductChanged.type],
    handle(_trx, events) {
      // Nobody waits for Redis while a transaction is open; what fails there makes the cache forget everything.
      void catalogue.refresh(events.map((event) => readPayload(ProductChanged, event)))
      return Promise.resolve()
    },
  }
}

async function refreshStatus(
  store: Store,
  trx: Trx,
  events: readonly RecordedEvent[],
  products: readonly StockRow[],
): Promise<void> {
  const last = events.at(-1)
  if (!last) return
  const alerts: NewEvent[] = []
  for (const row of products) {
    const alert = await refreshProduct(trx, row)
    if (alert) alerts.push(alert)
  }
  await appendEvents(store, trx, causeAfter(last, last.occurred_at), alerts)
}

function touchedProducts(event: RecordedEvent): number[] {
  switch (event.type) {
    case StockReserved.type:
      return readPayload(StockReserved, event).lines.map((line) => line.product_id)
    case StockReleased.type:
      return readPayload(StockReleased, event).lines.map((line) => line.product_id)
    case StockMoved.type:
      return [readPayload(StockMoved, event).product_id]
    default:
      return [readPayload(ProductChanged, event).product_id]
  }
}

async function refreshProduct(trx: Trx, row: StockRow): Promise<NewEvent | null> {
  const status = stockStatus(available(row), row.low_stock_threshold)
  const next = nextAlert(row.alerted_status as StockStatus, status)
  if (status === row.stock_status && next.alerted === row.alerted_status) return null
  const moved = await moveStatus(trx, row, { stock_status: status, alerted_status: next.alerted })
  if (!moved || !next.announce) return null
  const definition = next.announce === 'low_stock' ? StockLow : StockOut
  return makeEvent(definition, row.product_id, alertOf(row))
}
