// Owns the SQL of notifications: numbered per person inside the transaction, so that no reader skips one.
import { type Selectable, sql } from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Db, Store, Trx } from '../../platform/db/store.ts'
import { updateEach } from '../../platform/db/update-each.ts'
import type { Database } from '../../tables.ts'

export type NotificationRow = Selectable<Database['notifications']>

export interface NewNotification {
  readonly user_id: number
  readonly kind: string
  readonly data: unknown
  readonly event_id: string
  readonly created_at: number
}

/** Writes notifications, in order per person; people's counters are locked in the order of their ids. */
export async function insertNotifications(
  store: Store,
  trx: Trx,
  notifications: readonly NewNotification[],
): Promise<void> {
  if (notifications.length === 0) return
  const counts = new Map<number, number>()
  for (const { user_id } of notifications) counts.set(user_id, (counts.get(user_id) ?? 0) + 1)
  const next = await reserveNumbers(store, trx, counts)
  const rows = notifications.map(({ data, ...notification }) => {
    const notification_id = next.get(notification.user_id) ?? 0
    next.set(notification.user_id, notification_id + 1)
    return { ...notification, notification_id, data: JSON.stringify(data), read_at: null }
  })
  await insertAll(store, trx, 'notifications', rows)
}

/** @returns the first free number of each person */
async function reserveNumbers(
  store: Store,
  trx: Trx,
  counts: ReadonlyMap<number, number>,
): Promise<Map<number, number>> {
  const users = [...counts.keys()].sort((a, b) => a - b)
  await store.dialect
    .ignoreConflicts(
      trx
        .insertInto('notification_counters')
        .values(users.map((user_id) => ({ user_id, last_id: 0 }))),
    )
    .execute()
  const query = trx
    .selectFrom('notification_counters')
    .selectAll()
    .where('user_id', 'in', users)
    .orderBy('user_id')
  const rows = await store.dialect.forUpdate(query).execute()
  await updateEach(store, trx, {
    table: 'notification_counters',
    columns: { id: 'integer', more: 'integer' },
    rows: [...counts],
    set: sql`last_id = notification_counters.last_id + list.more`,
    where: sql`notification_counters.user_id = list.id`,
  })
  return new Map(rows.map((row) => [row.user_id, row.last_id + 1]))
}

/** The number of each person's newest notification; people without any are missing. */
export async function lastIds(db: Db, users: readonly number[]): Promise<Map<number, number>> {
  if (users.length === 0) return new Map()
  const rows = await db
    .selectFrom('notification_counters')
    .selectAll()
    .where('user_id', 'in', users)
    .execute()
  return new Map(rows.map((row) => [row.user_id, row.last_id]))
}

/** Those after `since`, oldest first: what a reader who reconnects has missed. */
export function listSince(
  db: Db,
  user_id: number,
  since: number,
  limit: number,
): Promise<NotificationRow[]> {
  return db
    .selectFrom('notifications')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('notification_id', '>', since)
    .orderBy('notification_id')
    .limit(limit)
    .execute()
}

/** Newest first. */
export async function listNotifications(
  db: Db,
  user_id: number,
  page: { limit: number; cursor?: string; unread?: boolean },
): Promise<{ items: NotificationRow[]; next_cursor: string | null }> {
  let select = db
    .selectFrom('notifications')
    .selectAll()
    .where('user_id', '=', user_id)
    .orderBy('notification_id', 'desc')
    .limit(page.limit + 1)
  if (page.unread) select = select.where('read_at', 'is', null)
  if (page.cursor !== undefined) {
    select = select.where('notification_id', '<', decodeCursor(page.cursor, ['number'])[0])
  }
  return cutPage(await select.execute(), page.limit, (row) => [row.notification_id])
}

/** Counting stops here: beyond it nobody reads the number. */
const MOST_COUNTED = 1000

/** How many are unread; 1,000 stands for that many or more. */
export async function countUnread(db: Db, user_id: number): Promise<number> {
  const row = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('notifications')
        .select('notification_id')
        .where('user_id', '=', user_id)
        .where('read_at', 'is', null)
        .limit(MOST_COUNTED)
        .as('unread'),
    )
    .select((eb) => eb.fn.countAll().as('unread'))
    .executeTakeFirst()
  return Number(row?.unread ?? 0)
}

/** Marks one as read. @returns false when this person has no such notification */
export async function markRead(
  trx: Trx,
  user_id: number,
  notification_id: number,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('notifications')
    .set({ read_at: sql<number>`coalesce(read_at, ${now})` })
    .where('user_id', '=', user_id)
    .where('notification_id', '=', notification_id)
    .executeTakeFirst()
  return Number(numUpdatedRows) > 0
}

export async function markAllRead(trx: Trx, user_id: number, now: number): Promise<void> {
  await trx
    .updateTable('notifications')
    .set({ read_at: now })
    .where('user_id', '=', user_id)
    .where('read_at', 'is', null)
    .execute()
}

/** Erases what a person was told; the numbering goes on, so that no number is given twice. */
export async function deleteNotifications(trx: Trx, user_id: number): Promise<void> {
  await trx.deleteFrom('notifications').where('user_id', '=', user_id).execute()
}

/** Everything older than `before` counts as read; for the demo's past. */
export async function markOldRead(trx: Trx, before: number): Promise<void> {
  await trx
    .updateTable('notifications')
    .set((eb) => ({ read_at: eb.ref('created_at') }))
    .where('created_at', '<', before)
    .where('read_at', 'is', null)
    .execute()
}
