// Owns the breaks on purpose: what each does to a shop or to the clients' memory, and what the audit must find then.
import { sql } from 'kysely'
import type { Store, Trx } from '../../src/platform/db/store.ts'
import { audit, type Finding, type FindingKind, type Memory } from '../../tests/support/audit.ts'

interface Tampering {
  readonly finds: FindingKind
  /** `?` is an order that was acknowledged; without it only the memory is falsified. */
  readonly statements?: readonly string[]
  readonly forget?: (memories: readonly Memory[]) => readonly Memory[]
}

const ITEM = 'line, product_id, product_name, quantity, unit_price_cents'
const ORDER =
  'user_id, placed_by, channel, fulfilment, status, payment_status, total_cents, created_at'

const TAMPERINGS = {
  'lost-order': { finds: 'lost', statements: ['delete from orders where order_id = ?'] },
  'order-of-another': {
    finds: 'unexpected',
    statements: ['update orders set user_id = 1 where order_id = ?'],
  },
  'doubled-order': {
    finds: 'doubled',
    statements: [
      `insert into order_items (order_id, ${ITEM}) select 999999999, ${ITEM} from order_items where order_id = ?`,
      `insert into orders (order_id, order_number, request_id, ${ORDER})
         select 999999999, 'n', 'r', ${ORDER} from orders where order_id = ?`,
    ],
  },
  oversold: {
    finds: 'oversold',
    statements: [
      `update stock set reserved = on_hand + 1 where product_id =
         (select min(product_id) from order_items where order_id = ?)`,
    ],
  },
  'lost-event': {
    finds: 'effect',
    statements: [`delete from outbox where type = 'order.placed' and event_key = '?'`],
  },
  'forgotten-order': {
    finds: 'effect',
    statements: [`update orders set status = 'pending' where order_id = ?`],
  },
  'lost-notification': {
    finds: 'effect',
    statements: [
      `delete from notifications where kind = 'order.confirmed' and data like '%"order_id":?,%'`,
    ],
  },
  'doubled-notification': {
    finds: 'effect',
    statements: [
      `insert into notifications (user_id, notification_id, kind, data, event_id, created_at, read_at)
         select user_id, 9999999, kind, data, event_id, created_at, read_at
         from notifications where kind = 'order.confirmed' and data like '%"order_id":?,%'`,
    ],
  },
  'wrong-sum': {
    finds: 'books',
    statements: ['update orders set total_cents = total_cents + 1 where order_id = ?'],
  },
  'lost-ledger-row': {
    finds: 'books',
    statements: [`delete from stock_movements where kind = 'allocation' and order_id = ?`],
  },
  'forgotten-answer': { finds: 'doubled', forget: (memories) => without(memories) },
  'unresolved-order': {
    finds: 'unknown',
    forget: (memories) => [
      ...without(memories),
      ...memories.filter(isPlaced).slice(0, 1).map(unknown),
    ],
  },
} as const satisfies Record<string, Tampering>

export type TamperingName = keyof typeof TAMPERINGS

export const TAMPERING_NAMES = Object.keys(TAMPERINGS) as TamperingName[]

function isPlaced({ outcome }: Memory): boolean {
  return outcome !== 'unknown' && outcome.status === 201
}

function without(memories: readonly Memory[]): readonly Memory[] {
  const first = memories.find(isPlaced)
  return memories.filter((memory) => memory !== first)
}

function unknown(memory: Memory): Memory {
  return { ...memory, outcome: 'unknown' }
}

/** Does it for good. @returns what the clients remember afterwards */
export async function tamper(
  store: Store,
  name: TamperingName,
  memories: readonly Memory[],
): Promise<readonly Memory[]> {
  await withoutForeignKeys(store, () =>
    store.transaction((trx) => change(store, trx, name, memories)),
  )
  return forget(name, memories)
}

/** Does it, has it looked at, and undoes it. @returns whether the audit has seen it */
export async function isSeen(
  store: Store,
  name: TamperingName,
  memories: readonly Memory[],
): Promise<boolean> {
  let found: Finding[] = []
  const undone = new Error('undone')
  const attempt = () =>
    store.transaction(async (trx) => {
      await change(store, trx, name, memories)
      found = await audit(trx, forget(name, memories), { maySellOut: true })
      throw undone
    })
  await withoutForeignKeys(store, attempt).catch((error: unknown) => {
    if (error !== undone) throw error
  })
  return found.some(({ kind }) => kind === TAMPERINGS[name].finds)
}

function forget(name: TamperingName, memories: readonly Memory[]): readonly Memory[] {
  const tampering: Tampering = TAMPERINGS[name]
  return tampering.forget?.(memories) ?? memories
}

async function change(
  { dialect }: Store,
  trx: Trx,
  name: TamperingName,
  memories: readonly Memory[],
): Promise<void> {
  const { statements = [] }: Tampering = TAMPERINGS[name]
  const outcome = memories.find(isPlaced)?.outcome
  if (!outcome || outcome === 'unknown') throw new Error('there is no order to tamper with')
  const id = String(outcome.body.order_id)
  const switches = {
    sqlite: null,
    mysql: 'foreign_key_checks = ',
    postgres: 'local session_replication_role = ',
  }
  const [off, on] = dialect.name === 'mysql' ? ['0', '1'] : ['replica', 'origin']
  const set = switches[dialect.name]
  if (set) await sql.raw(`set ${set}${off}`).execute(trx)
  for (const text of statements) await sql.raw(text.replaceAll('?', id)).execute(trx)
  if (set) await sql.raw(`set ${set}${on}`).execute(trx)
}

/** Damage doesn't ask whether rows still fit together. In SQLite the switch has no effect inside of a transaction. */
async function withoutForeignKeys(
  { db, dialect }: Store,
  work: () => Promise<unknown>,
): Promise<void> {
  const isFile = dialect.name === 'sqlite'
  if (isFile) await sql`pragma foreign_keys = off`.execute(db)
  try {
    await work()
  } finally {
    if (isFile) await sql`pragma foreign_keys = on`.execute(db)
  }
}
