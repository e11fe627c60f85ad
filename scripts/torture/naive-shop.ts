// Owns the shop as everybody writes it first, which oversells: the race must catch it.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Line } from '../../tests/support/load.ts'
import { openFolder } from '../../tests/support/open-folder.ts'

/** It decides outside of the lock. */
export async function openNaiveShop(
  dataDir: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const store = await openFolder(dataDir)
  let orders = 0
  async function place(items: readonly Line[]): Promise<[status: number, body: unknown]> {
    const rows = await store.db
      .selectFrom('stock')
      .select(['product_id', 'on_hand', 'reserved'])
      .execute()
    await nextTurn()
    const short = rows
      .filter((row) => items.some(({ product_id }) => product_id === row.product_id))
      .filter((row) => row.on_hand - row.reserved < 1)
    if (short.length > 0) {
      const details = short.map(({ product_id }) => ({ product_id, requested: 1, available: 0 }))
      return [409, { status: 'error', error: { code: 'OUT_OF_STOCK', details } }]
    }
    await store.transaction(async (trx) => {
      for (const { product_id, quantity } of items) {
        const set = trx
          .updateTable('stock')
          .set((eb) => ({ reserved: eb('reserved', '+', quantity) }))
        await set.where('product_id', '=', product_id).execute()
      }
    })
    return [201, { status: 'success', order_id: ++orders }]
  }
  const server = createServer((request, response) => {
    void json(request)
      .then((body) => place((body as { items: Line[] }).items))
      .then(([status, body]) => response.writeHead(status).end(JSON.stringify(body)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      await store.close()
    },
  }
}
