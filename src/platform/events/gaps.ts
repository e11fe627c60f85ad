// Owns noticing that a broker has passed a group something over: what comes later is done, and its place stands still.
import type { Log } from '../logging.ts'
import type { Reader, Store } from '../db/store.ts'
import type { Upkeep } from '../module.ts'
import type { EventLog } from './log.ts'
import { sendAgain } from './shipping.ts'

const LOOK_MS = 5000
/** Partitions of a broker may be so far apart, and a batch that waits for a lock takes its time. */
const PATIENCE_MS = 30_000

interface Sight {
  readonly group: string
  readonly position: number
  readonly since: number
  /** Doubled by every sending that didn't help: a consumer may have its reasons to wait. */
  readonly patienceMs: number
}

/**
 * Sends again what a group lacks. No loss that we know of leads here: brokers, their operators and versions before
 * this one may have more. What comes twice is passed over.
 */
export function healGaps(store: Store, log: EventLog, say: Pick<Log, 'warn'>): Upkeep[] {
  if (!log.broker) return []
  let seen: readonly Sight[] = []
  return [{ name: 'heal-gaps', everyMs: LOOK_MS, run }]

  async function run(now: number): Promise<void> {
    seen = (await listHalted(store.db)).map((row) => {
      const last = seen.find(({ group, position, since }) => {
        return group === row.group_name && position === row.position && since <= now
      })
      return (
        last ?? {
          group: row.group_name,
          position: row.position,
          since: now,
          patienceMs: PATIENCE_MS,
        }
      )
    })
    const stuck = seen.filter(({ since, patienceMs }) => now - since >= patienceMs)
    if (stuck.length === 0) return
    const groups = stuck.map(({ group, position }) => ({ group, position }))
    say.warn({ groups }, 'groups were passed over: their events are sent to the log again')
    await sendAgain(store, log)
    seen = seen.map((sight) =>
      stuck.includes(sight) ? { ...sight, since: now, patienceMs: sight.patienceMs * 2 } : sight,
    )
  }
}

/** Groups that have done something beyond their place, while the event after it is there. */
function listHalted(reader: Reader) {
  return reader
    .selectFrom('consumer_groups')
    .innerJoin('outbox', (join) =>
      join
        .onRef('outbox.stream', '=', 'consumer_groups.stream')
        .on((eb) => eb('outbox.position', '=', eb('consumer_groups.position', '+', 1))),
    )
    .select(['consumer_groups.group_name', 'consumer_groups.position'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('applied_events')
          .select('applied_events.position')
          .whereRef('applied_events.group_name', '=', 'consumer_groups.group_name'),
      ),
    )
    .execute()
}
