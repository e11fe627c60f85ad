// Owns seeing from outside whether somebody works on a store: only the living renew their leases.
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../lib/clock.ts'
import type { Reader } from '../db/store.ts'
import { LEASE_MS } from './leases.ts'

const LOOK_MS = 200
/** A lease that ran out long ago was its holder's last; the clocks of two machines differ by less. */
const LONG_AGO_MS = 3_600_000

/**
 * Watches the leases that were not given back, for as long as one lasts.
 * @returns who works there, as in `host:pid:…`; null when nobody does
 */
export async function findWorker(reader: Reader, clock: Clock): Promise<string | null> {
  const before = new Map((await keptLeases(reader, clock)).map((row) => [row.name, row]))
  const end = performance.now() + LEASE_MS
  while (before.size > 0 && performance.now() < end) {
    await pause(LOOK_MS)
    const kept = await keptLeases(reader, clock)
    const renewed = kept.find((row) => before.get(row.name)?.expires_at !== row.expires_at)
    if (renewed) return renewed.owner
    if (kept.length === 0) return null
  }
  return null
}

async function keptLeases(reader: Reader, clock: Clock) {
  const since = clock.now() - LONG_AGO_MS
  const kept = reader.selectFrom('leases').selectAll().where('expires_at', '>', since)
  // A worker's presence has no owner; its leases have.
  return kept.where('owner', '<>', '').execute()
}
