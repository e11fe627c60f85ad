// Owns the page's one live connection: it resumes after the last notification seen, and misses none.
import type { Notification } from '../../../src/modules/notifications/schema.ts'
import { connectionFailed, whenReconnected } from './connection.ts'
import type { Language } from './i18n.ts'

interface LiveStream {
  /** The last notification already known; the stream starts after it. */
  readonly since: number
  readonly language: Language
  readonly onNotification: (notification: Notification) => void
  /** The connection broke; it is being made again. */
  readonly onBroken: () => void
}

const firstPause = 1_000
const longestPause = 30_000

/**
 * Opens the stream and keeps it open until the returned function is called. A hidden page holds no
 * connection, because browsers allow only six to one server over plain HTTP: the seventh tab would
 * hang. Shown again, it catches up from the last one seen.
 */
export function openLiveStream(stream: LiveStream): () => void {
  const { since, language, onNotification, onBroken } = stream
  let last = since
  let pause = firstPause
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const connect = () => {
    disconnect()
    source = new EventSource(
      `/api/notifications/stream?since=${last}&lang=${language === 'en' ? 'en' : 'zh'}`,
    )
    source.addEventListener('open', () => (pause = firstPause))
    source.addEventListener('notification', (event: MessageEvent<string>) => {
      const notification = JSON.parse(event.data) as Notification
      if (notification.notification_id <= last) return
      last = notification.notification_id
      onNotification(notification)
    })
    source.addEventListener('error', () => {
      disconnect()
      timer = setTimeout(connect, pause)
      pause = Math.min(pause * 2, longestPause)
      connectionFailed()
      onBroken()
    })
  }
  const disconnect = () => {
    clearTimeout(timer)
    source?.close()
    source = null
  }
  const follow = () => (document.hidden ? disconnect() : connect())

  // The server is back: no need to sit out the pause.
  const stopWaiting = whenReconnected(() => {
    if (source === null && !document.hidden) connect()
  })
  follow()
  document.addEventListener('visibilitychange', follow)
  return () => {
    stopWaiting()
    document.removeEventListener('visibilitychange', follow)
    disconnect()
  }
}
