// Shows that a quantity from before an order's answer is noticed: against a small shop that may show old ones.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { countStale } from './freshness.ts'

/** `keeps`: every so many answers it shows what it showed before. */
async function staleOf(keeps: number): Promise<number> {
  let quantity = 1000
  let shown = quantity
  let reads = 0
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      if (request.method === 'POST') {
        const { items } = JSON.parse(body) as { items: { quantity: number }[] }
        quantity -= items[0]?.quantity ?? 0
        response.writeHead(201).end('{}')
        return
      }
      if (++reads % keeps !== 0) shown = quantity
      response.writeHead(200).end(JSON.stringify({ item: { quantity: shown } }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    return await countStale({ url, products: 5, customers: [{ user_id: 1, token: 't' }] }, 12)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

it('finds nothing in a shop that tells the truth', async () => {
  expect(await staleOf(Infinity)).toBe(0)
})

it('finds every quantity that is older than the order', async () => {
  // Two reads an order: every fourth is the one after every second order.
  expect(await staleOf(4)).toBe(6)
})
