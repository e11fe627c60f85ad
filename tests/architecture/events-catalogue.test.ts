// Owns the proof that docs/events.md tells the truth: what it lists is what the code writes and reads.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Permanent } from '../../src/platform/events/consumer.ts'
import { drain } from '../../src/platform/events/drain.ts'
import { openShop, type Shop } from '../support/shop.ts'

interface EventLine {
  readonly type: string
  readonly stream: string
  readonly version: string
  readonly payload: string
  readonly writtenBy: string
  readonly consumedBy: readonly string[]
}

const page = readFileSync(join(import.meta.dirname, '../../docs/events.md'), 'utf8')

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('every event is listed as it is, with who writes it and who consumes it', () => {
  const inCode = shop.app.modules.flatMap((module) =>
    module.events.map(({ type, stream, version, payload }): EventLine => ({
      type,
      stream,
      version: String(version),
      payload: fieldsOf(payload as Schema),
      writtenBy: module.name,
      consumedBy: shop.consumers
        .filter((consumer) => consumer.stream === stream && consumer.types.includes(type))
        .map((consumer) => consumer.name)
        .toSorted(),
    })),
  )
  const byType = (a: EventLine, b: EventLine) => a.type.localeCompare(b.type)
  expect(inCode.length).toBeGreaterThan(15)
  expect(
    listedEvents(page)
      .map(({ key: _, ...line }) => line)
      .toSorted(byType),
  ).toEqual(inCode.toSorted(byType))
})

test('every group is listed, with its stream', () => {
  const listed = tableRows(page, '| group |').map(([group, stream]) => [bare(group), stream])
  const inCode = shop.consumers.map((consumer) => [consumer.name, consumer.stream])
  expect(listed.toSorted()).toEqual(inCode.toSorted())
})

test('consumers want only events that somebody writes to their stream', () => {
  const written = shop.app.modules.flatMap((module) =>
    module.events.map((event) => `${event.stream} ${event.type}`),
  )
  const wanted = shop.consumers.flatMap((consumer) =>
    consumer.types.map((type) => `${consumer.stream} ${type}`),
  )
  expect(wanted.filter((name) => !written.includes(name))).toEqual([])
})

test('what is written has the listed stream, version, key and payload', async () => {
  await makeEverythingHappen(shop)
  const lines = new Map(listedEvents(page).map((line) => [line.type, line]))
  const written = await shop.core.store.db.selectFrom('outbox').selectAll().execute()
  for (const { type, stream, version, event_key, payload } of written) {
    const line = lines.get(type)
    const facts = JSON.parse(payload) as Record<string, unknown>
    const fields = (line?.payload ?? '').replaceAll(/\[[^\]]*\]/g, '').split(', ')
    const mayLack = fields.filter((field) => field.endsWith('?')).map((field) => field.slice(0, -1))
    expect({
      type,
      stream,
      version: String(version),
      fields: Object.keys(facts)
        .filter((field) => !mayLack.includes(field))
        .toSorted(),
    }).toEqual({
      type,
      stream: line?.stream,
      version: line?.version,
      fields: fields.filter((field) => !field.endsWith('?')).toSorted(),
    })
    expect(event_key, type).toBe(String(facts[line?.key ?? '']))
  }
  expect(new Set(written.map((event) => event.type))).toEqual(new Set(lines.keys()))
})

test('a line that is missing, and one too many, are seen', () => {
  const lines = listedEvents(page).length
  expect(listedEvents(page.replace(/^\| `order\.ready`.*\n/m, ''))).toHaveLength(lines - 1)
  const line = '| `order.lost` | 1 | `order_id` | order_id | orders | nobody |\n'
  expect(listedEvents(page.replace(/^\| `order\.ready`/m, `${line}$&`))).toHaveLength(lines + 1)
})

/** Something of every kind, so that each event is written at least once. */
async function makeEverythingHappen({ as, people, ...shop }: Shop): Promise<void> {
  const settings = { quantity: 10, low_stock_threshold: 5 }
  const product_id = await shop.addProduct(settings)
  const order = (quantity: number, fulfilment: 'delivery' | 'pickup') =>
    shop.order('customer', { lines: [[product_id, quantity]], fulfilment })
  const manager = as('manager')
  const act = async (order_id: number, ...actions: readonly (readonly [string, object?])[]) => {
    for (const [action, body] of actions) {
      const { status, text } = await manager.put(`/api/orders/${order_id}/${action}`, body)
      if (status !== 200) throw new Error(text)
    }
  }
  const [shipped, fetched] = [await order(5, 'delivery'), await order(1, 'pickup')]
  const poison = {
    name: 'choke',
    stream: 'orders' as const,
    types: ['order.placed'],
    handle: () => Promise.reject(new Permanent('on purpose')),
  }
  await drain(shop.core, [...shop.consumers, poison])
  const shipment = { carrier: '顺丰', tracking_number: 'SF1' }
  await act(shipped, ['payment'], ['shipment', shipment], ['completion'], ['refund'])
  await act(fetched, ['readiness'], ['cancellation', { reason: '测试' }])
  await order(4, 'delivery')
  const count = { kind: 'count', quantity: 3 }
  await as('clerk').post(`/api/inventory/${product_id}/movements`, count)
  await manager.patch(`/api/inventory/${product_id}`, { price_cents: 1 })
  const discard = { sale_id: randomUUID(), items: [], total_cents: 0, reason: 'test' }
  await manager.post('/api/counter/discards', discard)
  const bytes = Buffer.from('sku,product_name,price\nNEW,x,1')
  const byProgram = { actor_id: null, request_id: null, now: shop.clock.now() }
  await shop.app.inventory.importFile({ bytes, dryRun: false, cause: byProgram, language: 'en' })
  await as('owner').patch(`/api/users/${people.other.user_id}`, { role: 'clerk' })
  const { user_id } = people.customer
  const device = { user_agent: 'another', address: '203.0.113.9' }
  const cause = { actor_id: user_id, request_id: null, now: shop.clock.now() }
  await shop.core.store.transaction((trx) =>
    shop.app.users.openSession(trx, { user_id, role: 'customer' }, device, cause),
  )
  await shop.settle()
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
}

/** As in `order_id, lines[product_id, note?]`: what may be missing has a question mark. */
function fieldsOf({ properties = {}, required = [] }: Schema): string {
  return Object.entries(properties)
    .map(([name, field]) => {
      const inner = field.items ? `[${fieldsOf(field.items)}]` : ''
      return `${name}${inner}${required.includes(name) ? '' : '?'}`
    })
    .join(', ')
}

function listedEvents(text: string): (EventLine & { readonly key: string })[] {
  return text
    .split('\n## ')
    .filter((section) => section.startsWith('Stream `'))
    .flatMap((section) => {
      const stream = /`(\w+)`/.exec(section)?.[1] ?? ''
      return tableRows(section, '| event |').map(
        ([type, version = '', key, payload = '', writtenBy = '', groups = '']) => ({
          type: bare(type),
          stream,
          version,
          key: bare(key),
          payload,
          writtenBy,
          consumedBy: groups === 'nobody' ? [] : groups.split(', ').map(bare).toSorted(),
        }),
      )
    })
}

/** The cells of the tables that begin with this heading, without heading and rule. */
function tableRows(text: string, heading: string): string[][] {
  const lines = text.split('\n')
  return lines.flatMap((line, i) => {
    if (!line.startsWith(heading)) return []
    const rest = lines.slice(i + 2)
    const end = rest.findIndex((row) => !row.startsWith('|'))
    return rest.slice(0, end === -1 ? undefined : end).map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  })
}

function bare(cell = ''): string {
  return cell.replaceAll('`', '')
}
