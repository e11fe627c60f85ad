// Owns what customers choose to be told, on the page and by mail: light, for the pages that everybody loads.
import { useTranslation } from 'react-i18next'

import type {
  Channel,
  NotificationKind,
  NotificationPreference,
} from '../../../../src/modules/notifications/schema.ts'
import { Notice } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import styles from './own-preferences.module.css'
import { type PreferenceChange, useChoose, usePreferences } from './preference-queries.ts'

/** What concerns oneself; staff choose the rest in the office. */
const KINDS = [
  'order.confirmed',
  'order.ready',
  'order.shipped',
  'order.completed',
  'order.cancelled',
  'order.refunded',
  'user.signed_in_from_new_device',
] as const satisfies readonly NotificationKind[]
type OwnKind = (typeof KINDS)[number]

const CHANNELS = ['page', 'mail'] as const satisfies readonly Channel[]

export function OwnPreferences() {
  const { t } = useTranslation()
  const preferences = usePreferences()
  const choose = useChoose()
  // As high as what comes: nothing below it jumps.
  if (preferences.isPending) return <Skeleton height={350} />
  if (!preferences.data) {
    return <ErrorState error={preferences.error} onRetry={() => void preferences.refetch()} />
  }
  const { channels, kinds } = preferences.data
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('told.kind')}</span>
            </th>
            {CHANNELS.map((channel) => (
              <th key={channel} scope="col">
                {t(`told.channels.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => {
            const preference = kinds.find((one) => one.kind === kind)
            return (
              preference && (
                <Row key={kind} kind={kind} preference={preference} onChoose={choose.mutate} />
              )
            )
          })}
        </tbody>
      </table>
      {!channels.mail && <Notice tone="info">{t('told.mailOff')}</Notice>}
    </>
  )
}

interface RowProps {
  readonly kind: OwnKind
  readonly preference: NotificationPreference
  readonly onChoose: (change: PreferenceChange) => void
}

function Row({ kind, preference, onChoose }: RowProps) {
  const { t } = useTranslation()
  const name = t(`told.kinds.${kind}`)
  return (
    <tr>
      <th scope="row">{name}</th>
      {CHANNELS.map((channel) => (
        <td key={channel}>
          <label>
            <input
              type="checkbox"
              aria-label={t('told.name', { kind: name, channel: t(`told.channels.${channel}`) })}
              checked={preference[channel]}
              disabled={channel === 'page' && preference.page_fixed}
              onChange={(event) => onChoose({ kind, channel, wanted: event.target.checked })}
            />
          </label>
        </td>
      ))}
    </tr>
  )
}
