// Owns what happens when a notification arrives: what it touches is refreshed, and it is announced.
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

import type { Notification } from '../../../../src/modules/notifications/schema.ts'
import { whenReconnected } from '../../lib/connection.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { openLiveStream } from '../../lib/live.ts'
import { keys } from '../../lib/query-keys.ts'
import { useSession } from '../../lib/session.ts'
import { showToast } from '../../ui/toast-store.ts'
import { fetchLatest } from './queries.ts'

const touched: readonly (readonly [prefix: string, key: readonly string[]])[] = [
  ['order.', keys.orders],
  ['order.', keys.inventory],
  ['stock.', keys.inventory],
  ['product.', keys.inventory],
  ['user.role_changed', keys.me],
  ['user.signed_in', keys.sessions],
  ['delivery.', keys.system],
]

/** Sums that follow a moment later, and needn't be read for each order of a rush. */
const sums = [keys.today, keys.allSales] as const
const sumsAfter = 1_000

interface LiveNotificationsProps {
  /** The page in this area that a notification is about. */
  readonly linkFor: (notification: Notification) => string | null
}

export function LiveNotifications({ linkFor }: LiveNotificationsProps) {
  const client = useQueryClient()
  const { user } = useSession()
  const userId = user?.user_id
  useTranslation() // another language is another stream
  const language = currentLanguage()

  useEffect(() => {
    if (userId === undefined) return
    let close: (() => void) | null = null
    let gone = false
    const start = (since: number) => {
      if (gone) return
      close = openLiveStream({
        since,
        language,
        onNotification: (notification) => {
          refresh(client, notification)
          announce(notification, linkFor)
        },
        // The session may have ended meanwhile; then this user is asked for again.
        onBroken: () => void client.invalidateQueries({ queryKey: keys.me }),
      })
    }
    const stopAsking = untilAnswered(async () => {
      const { items } = await fetchLatest(1)
      start(items[0]?.notification_id ?? 0)
    })
    return () => {
      gone = true
      stopAsking()
      close?.()
    }
  }, [client, userId, language, linkFor])

  return null
}

const firstPause = 1_000
const longestPause = 30_000

/**
 * Asks again, ever later, until it succeeds: without the last one known, the stream would tell everything
 * that was ever told once more. @returns how to stop
 */
function untilAnswered(ask: () => Promise<void>): () => void {
  let pause = firstPause
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  const tryIt = () => {
    timer = undefined
    ask().catch(() => {
      if (stopped) return
      timer = setTimeout(tryIt, pause)
      pause = Math.min(pause * 2, longestPause)
    })
  }
  const stopWaiting = whenReconnected(() => {
    if (timer === undefined) return
    clearTimeout(timer)
    tryIt()
  })
  tryIt()
  return () => {
    stopped = true
    stopWaiting()
    clearTimeout(timer)
  }
}

function refresh(client: QueryClient, { kind }: Notification): void {
  void client.invalidateQueries({ queryKey: keys.notifications })
  for (const [prefix, queryKey] of touched) {
    if (kind.startsWith(prefix)) void client.invalidateQueries({ queryKey })
  }
  refreshSums(client)
}

let sumsTimer: ReturnType<typeof setTimeout> | undefined

function refreshSums(client: QueryClient): void {
  sumsTimer ??= setTimeout(() => {
    sumsTimer = undefined
    for (const queryKey of sums) void client.invalidateQueries({ queryKey })
  }, sumsAfter)
}

function announce(notification: Notification, linkFor: LiveNotificationsProps['linkFor']): void {
  const to = linkFor(notification)
  showToast({
    tone: 'info',
    text: notification.title,
    detail: notification.body,
    ...(to !== null && { to }),
  })
}
