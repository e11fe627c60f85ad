// Owns the SQL of what people chose to be told, and where. The person stands in the WHERE.
import { sql } from 'kysely'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { updateEach } from '../../platform/db/update-each.ts'
import type { Choices } from './preferences-rules.ts'
import type { Channel, NotificationKind } from './schema.ts'

export interface Choice {
  readonly kind: NotificationKind
  readonly channel: Channel
  readonly wanted: boolean
}

/** What these people chose, in one read however many they are. At most 1,000 ids. */
export async function readChoices(
  store: Store,
  reader: Reader,
  users: readonly number[],
): Promise<Choices> {
  const known = new Map<string, boolean>()
  if (users.length > 0) {
    const rows = await reader
      .selectFrom('notification_preferences')
      .select(['user_id', 'kind', 'channel', 'wanted'])
      .where(store.dialect.among('user_id', users))
      .execute()
    for (const { user_id, kind, channel, wanted } of rows) {
      known.set(`${user_id} ${kind} ${channel}`, wanted === 1)
    }
  }
  return { of: (user_id, kind, channel) => known.get(`${user_id} ${kind} ${channel}`) }
}

/** Sets these and leaves the rest as it is; each kind and channel once. */
export async function saveChoices(
  store: Store,
  trx: Trx,
  user_id: number,
  choices: readonly Choice[],
  now: number,
): Promise<void> {
  if (choices.length === 0) return
  const rows = choices
    .map(({ kind, channel, wanted }) => ({ kind, channel, wanted: wanted ? 1 : 0 }))
    // In the order in which rows are locked.
    .sort((a, b) => (`${a.kind} ${a.channel}` < `${b.kind} ${b.channel}` ? -1 : 1))
  await store.dialect
    .ignoreConflicts(
      trx
        .insertInto('notification_preferences')
        .values(rows.map((row) => ({ user_id, ...row, updated_at: now }))),
    )
    .execute()
  await updateEach(store, trx, {
    table: 'notification_preferences',
    columns: { of_kind: 'text', of_channel: 'text', now_wanted: 'integer' },
    rows: rows.map(({ kind, channel, wanted }) => [kind, channel, wanted]),
    set: sql`wanted = list.now_wanted, updated_at = ${now}`,
    where: sql`notification_preferences.user_id = ${user_id}
      and notification_preferences.kind = list.of_kind
      and notification_preferences.channel = list.of_channel
      and notification_preferences.wanted <> list.now_wanted`,
  })
}

/** Of one statement. */
const MOST_IDS = 1000

/** The kinds for which these people ever chose whether the page shows them, as in `7 order.shipped`. */
export async function kindsChosen(reader: Reader, users: readonly number[]): Promise<Set<string>> {
  const chosen = new Set<string>()
  for (let i = 0; i < users.length; i += MOST_IDS) {
    const rows = await reader
      .selectFrom('notification_preferences')
      .select(['user_id', 'kind'])
      .where('user_id', 'in', users.slice(i, i + MOST_IDS))
      .where('channel', '=', 'page' satisfies Channel)
      .execute()
    for (const { user_id, kind } of rows) chosen.add(`${user_id} ${kind}`)
  }
  return chosen
}

export async function deleteChoices(trx: Trx, user_id: number): Promise<void> {
  await trx.deleteFrom('notification_preferences').where('user_id', '=', user_id).execute()
}
