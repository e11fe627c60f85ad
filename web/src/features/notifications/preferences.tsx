// Owns choosing what one is told and where: a row for each kind, a switch for each channel, saved at once.
import { Switch } from 'antd'
import { useTranslation } from 'react-i18next'

import { isStaff, type Role } from '../../../../src/lib/roles.ts'
import type {
  Channel,
  NotificationPreference,
  NotificationPreferences,
} from '../../../../src/modules/notifications/schema.ts'
import { Notice } from '../../ui/notice.tsx'
import { SkeletonList } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { type PreferenceChange, useChoose, usePreferences } from './preference-queries.ts'
import styles from './preferences.module.css'

const channels = ['page', 'mail'] as const

export function Preferences({ role }: { role: Role }) {
  const { t } = useTranslation()
  const preferences = usePreferences()
  const choose = useChoose()
  if (preferences.isPending) return <SkeletonList count={6} height={44} />
  if (!preferences.data) {
    return <ErrorState error={preferences.error} onRetry={() => void preferences.refetch()} />
  }
  const { channels: works, kinds } = preferences.data
  return (
    <div className={styles.preferences}>
      <p className={styles.text}>{t('preferences.text')}</p>
      {!works.mail && <Notice tone="info">{t('preferences.mailOff')}</Notice>}
      <Choices kinds={kinds} role={role} onChoose={choose.mutate} />
    </div>
  )
}

interface ChoicesProps {
  readonly kinds: NotificationPreferences['kinds']
  readonly role: Role
  readonly onChoose: (change: PreferenceChange) => void
}

function Choices({ kinds, role, onChoose }: ChoicesProps) {
  const { t } = useTranslation()
  const groups = groupsOf(kinds, role)
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('preferences.kind')}</th>
          {channels.map((channel) => (
            <th key={channel} scope="col">
              {t(`preferences.channels.${channel}`)}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map(([group, members]) => (
        <tbody key={group}>
          <tr>
            <th colSpan={3} scope="rowgroup" className={styles.group}>
              {t(`preferences.groups.${group}`)}
            </th>
          </tr>
          {members.map((preference) => (
            <Row key={preference.kind} preference={preference} onChoose={onChoose} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

interface RowProps {
  readonly preference: NotificationPreference
  readonly onChoose: (change: PreferenceChange) => void
}

function Row({ preference, onChoose }: RowProps) {
  const { t } = useTranslation()
  const { kind, page_fixed: fixed } = preference
  const name = t(`preferences.kinds.${kind}`)
  const cell = (channel: Channel) => (
    <td key={channel}>
      <Switch
        aria-label={t('preferences.name', {
          kind: name,
          channel: t(`preferences.channels.${channel}`),
        })}
        checked={preference[channel]}
        disabled={channel === 'page' && fixed}
        onChange={(wanted) => onChoose({ kind, channel, wanted })}
      />
    </td>
  )
  return (
    <tr>
      <th scope="row">
        {name}
        {fixed && <span className={styles.detail}>{t('preferences.alwaysShown')}</span>}
      </th>
      {channels.map(cell)}
    </tr>
  )
}

type Group = 'orders' | 'own' | 'stock' | 'account' | 'system'

/** For staff, what is about their own purchases comes last. */
function groupsOf(
  kinds: readonly NotificationPreference[],
  role: Role,
): [Group, NotificationPreference[]][] {
  const groupOf = ({ kind }: NotificationPreference): Group => {
    if (kind.startsWith('user.')) return 'account'
    if (kind.startsWith('delivery.')) return 'system'
    if (!kind.startsWith('order.')) return 'stock'
    const forStaff = kind === 'order.placed' || kind === 'order.cancelled'
    return isStaff(role) && !forStaff ? 'own' : 'orders'
  }
  return (['orders', 'stock', 'account', 'system', 'own'] as const)
    .map((group): [Group, NotificationPreference[]] => [
      group,
      kinds.filter((kind) => groupOf(kind) === group),
    ])
    .filter(([, members]) => members.length > 0)
}
