// Owns who may do work that only one may do: a row that its holder renews, and a token that counts up with them.
import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Clock } from '../../lib/clock.ts'
import type { Reader, Store, Trx } from '../db/store.ts'
import { runAgain } from '../db/transactions.ts'
import type { Database } from '../../tables.ts'
import { machineName } from './machine.ts'
import type { Share } from './share.ts'
import { createSightings } from './sightings.ts'

export const LEASE_MS = 5000
export const RENEW_AFTER_MS = 1500
const GIVEN_BACK = 0

/** By its holder's clock; whoever waits only sees whether the row still changes. */
type LeaseRow = Selectable<Database['leases']>

export interface Lease {
  /** True while this process is the one; takes or renews the lease when it is time to. */
  hold(): Promise<boolean>
  /** In a transaction: fails it unless the lease is still this process's. */
  guard(trx: Trx): Promise<void>
  release(): Promise<void>
}

export class LostLease extends Error {}

/** `share`: how many leases of this kind the process may have. */
export function createLease(store: Store, clock: Clock, name: string, share?: Share): Lease {
  const owner = `${machineName()}:${process.pid}:${randomUUID()}`
  const look = createSightings()
  let token: number | null = null
  let renewedAt = 0

  const isFree = (row: LeaseRow, now: number) => {
    const unchangedMs = look(row.name, `${row.owner} ${row.token} ${row.expires_at}`, now)
    const expired = row.expires_at === GIVEN_BACK || unchangedMs >= LEASE_MS
    return row.owner === owner || expired || isGone(row.owner, owner)
  }

  function setToken(next: number | null): void {
    if (token === null && next !== null) share?.taken()
    if (token !== null && next === null) share?.givenBack()
    token = next
  }

  async function release(): Promise<void> {
    if (token === null) return
    setToken(null)
    await store.transaction(async (trx) => {
      await trx
        .updateTable('leases')
        .set({ expires_at: GIVEN_BACK })
        .where('name', '=', name)
        .where('owner', '=', owner)
        .execute()
    }, runAgain)
  }

  return {
    async hold() {
      const now = clock.now()
      const fresh = token !== null && now - renewedAt < RENEW_AFTER_MS && now >= renewedAt
      if (fresh) return true
      if (token !== null && (await share?.hasTooMany())) {
        await release()
        return false
      }
      if (token === null && share && !(await share.mayTake())) return false
      // Whoever stands by only looks: its own commits would wake it to look again, and so for ever.
      const row = await findLease(store.db, name)
      const take = (trx: Trx) => takeLease(store, trx, { name, owner, now, isFree })
      const free = !row || isFree(row, now)
      setToken(free ? await store.transaction(take, runAgain) : null)
      renewedAt = now
      return token !== null
    },
    async guard(trx) {
      const { numUpdatedRows } = await trx
        .updateTable('leases')
        .set({ expires_at: clock.now() + LEASE_MS })
        .where('name', '=', name)
        .where('owner', '=', owner)
        .where('token', '=', token ?? -1)
        .executeTakeFirst()
      if (Number(numUpdatedRows) === 1) return
      setToken(null)
      throw new LostLease(`lease ${name} is somebody else's now`)
    },
    release,
  }
}

async function findLease(reader: Reader, name: string): Promise<LeaseRow | null> {
  const query = reader.selectFrom('leases').selectAll().where('name', '=', name)
  return (await query.executeTakeFirst()) ?? null
}

interface Taking {
  readonly name: string
  readonly owner: string
  readonly now: number
  readonly isFree: (row: LeaseRow, now: number) => boolean
}

/** @returns the token, or null when somebody else holds the lease */
async function takeLease(store: Store, trx: Trx, taking: Taking): Promise<number | null> {
  const { name, owner, now, isFree } = taking
  const fresh = { name, owner: '', token: 0, expires_at: GIVEN_BACK }
  await store.dialect.ignoreConflicts(trx.insertInto('leases').values(fresh)).execute()
  const query = trx.selectFrom('leases').selectAll().where('name', '=', name)
  const row = await store.dialect.forUpdate(query).executeTakeFirstOrThrow()
  if (!isFree(row, now)) return null
  const token = row.owner === owner ? row.token : row.token + 1
  await trx
    .updateTable('leases')
    .set({ owner, token, expires_at: now + LEASE_MS })
    .where('name', '=', name)
    .execute()
  return token
}

/**
 * True when the owner ran on this machine and is dead for certain: after a crash nobody waits for the expiry.
 * A process that has the number this one has now was an earlier run: of the threads of a process only one makes
 * leases.
 */
function isGone(owner: string, self: string): boolean {
  const [host, pid] = owner.split(':')
  if (host !== self.split(':')[0]) return false
  if (Number(pid) === process.pid) return true
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
