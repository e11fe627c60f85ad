// Owns reading and changing what one person wants to be told, and where.
import { defineError } from '../../lib/errors.ts'
import type { Role } from '../../lib/roles.ts'
import type { Reader, Store } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { concernsPersonally, isAlwaysShown, isWanted, kindsFor } from './preferences-rules.ts'
import { type Choice, readChoices, saveChoices } from './preferences-store.ts'
import { CHANNELS, type NewNotificationPreferences, type NotificationPreference } from './schema.ts'

const alwaysShown = defineError('NOTIFICATION_ALWAYS_SHOWN', 422, {
  zh: '账号安全通知不能在页面上关闭。',
  en: 'What keeps your account safe is always shown on the page.',
})

export interface Someone {
  readonly user_id: number
  readonly role: Role
}

/** Of every kind that somebody in this role may be told. */
export async function listPreferences(
  store: Store,
  reader: Reader,
  { user_id, role }: Someone,
): Promise<NotificationPreference[]> {
  const choices = await readChoices(store, reader, [user_id])
  return kindsFor(role).map((kind) => {
    const to = { user_id, kind, personal: concernsPersonally(kind, role) }
    return {
      kind,
      page: isWanted(choices, to, 'page'),
      mail: isWanted(choices, to, 'mail'),
      page_fixed: isAlwaysShown(kind),
    }
  })
}

/** @throws NOTIFICATION_ALWAYS_SHOWN */
export async function changePreferences(
  store: Store,
  user_id: number,
  { kinds }: NewNotificationPreferences,
  now: number,
): Promise<void> {
  const hidden = kinds.filter(({ kind, page }) => page === false && isAlwaysShown(kind))
  if (hidden.length > 0) throw alwaysShown({ details: hidden.map(({ kind }) => ({ kind })) })
  const choices = new Map<string, Choice>()
  for (const one of kinds) {
    for (const channel of CHANNELS) {
      const wanted = one[channel]
      if (wanted === undefined) continue
      choices.set(`${one.kind} ${channel}`, { kind: one.kind, channel, wanted })
    }
  }
  await store.transaction(
    (trx) => saveChoices(store, trx, user_id, [...choices.values()], now),
    runAgain,
  )
}
