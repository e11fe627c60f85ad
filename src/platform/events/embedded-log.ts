// Owns the event log that lives in the shop's own database: a group reads the outbox from its place on.
import type { Selectable } from 'kysely'
import type { Database } from '../../tables.ts'
import type { Store } from '../db/store.ts'
import type { Consumer } from './consumer.ts'
import type { Lease } from './leases.ts'
import type { EventLog, GroupReader } from './log.ts'
import { placeOf, notDoneOutOfTurn } from './progress.ts'
import { toEvent } from './recorded.ts'
import { eventsAfter } from './relay.ts'

/** Events of other types cost little: so many times as many are read at most, where few are wanted. */
const PASSED_OVER = 5

export function createEmbeddedLog(store: Store): EventLog {
  return {
    name: 'embedded',
    broker: null,
    reader: (consumer, lease) => createReader(store, consumer, lease),
    close: () => Promise.resolve(),
  }
}

function createReader(store: Store, consumer: Consumer, lease: Lease): GroupReader {
  /** How many were read for each that was wanted, the last time. */
  let readPerWanted = 1
  let lastId = 0
  return {
    async read(limit) {
      if (!(await lease.hold())) return []
      const rows = await readNext(store, consumer, Math.ceil(limit * readPerWanted))
      const wanted = rows.filter(({ type }) => consumer.types.includes(type)).length
      readPerWanted = Math.min(PASSED_OVER, Math.max(1, rows.length / Math.max(1, wanted)))
      const next = upToWanted(rows, consumer, limit)
      lastId = next.at(-1)?.outbox_id ?? lastId
      return next.map((row) => ({
        ...toEvent({ ...row, payload: row.payload ?? NOTHING }),
        deliveries: 1,
      }))
    },
    left: () => eventsAfter(store, lastId),
    // The place has moved with the effect: there is nothing left to say.
    acknowledge: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}

/** What nobody will look at is neither fetched nor parsed. */
const NOTHING = 'null'

type Row = Omit<Selectable<Database['outbox']>, 'payload'> & {
  readonly payload: string | null
}

async function readNext(store: Store, consumer: Consumer, limit: number): Promise<Row[]> {
  return store.db
    .selectFrom('outbox')
    .select(['outbox_id', 'event_id', 'stream', 'position', 'event_key', 'type', 'version'])
    .select(['request_id', 'occurred_at'])
    .select((eb) =>
      eb.case().when('type', 'in', consumer.types).then(eb.ref('payload')).end().as('payload'),
    )
    .where('stream', '=', consumer.stream)
    .where('position', '>', await placeOf(store.db, consumer.name))
    .where(notDoneOutOfTurn(consumer.name))
    .orderBy('position')
    .limit(limit)
    .execute()
}

/** Up to the one with which there are `limit` that the consumer wants. */
function upToWanted(rows: readonly Row[], { types }: Consumer, limit: number): readonly Row[] {
  let wanted = 0
  const end = rows.findIndex(({ type }) => types.includes(type) && ++wanted === limit)
  return end < 0 ? rows : rows.slice(0, end + 1)
}
