// Owns the right end of the staff's header: language, notifications, and one's own account.
import { UserOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

import { UnreadBadge } from '../../features/notifications/unread-badge.tsx'
import { useLogout, useSession } from '../../lib/session.ts'
import { Icon } from '../../ui/icon.tsx'
import { LanguageSwitch } from '../../ui/language-switch.tsx'
import { ThemeSwitch } from '../../ui/theme-switch.tsx'
import { showFailure } from '../../ui/toast-store.ts'
import styles from './office-frame.module.css'

export function OfficeTools() {
  const { t } = useTranslation()
  const { user } = useSession()
  const navigate = useNavigate()
  const logout = useLogout()
  if (!user) return null
  return (
    <div className={styles.tools}>
      <ThemeSwitch />
      <LanguageSwitch />
      <Link to="/office/notifications" className={styles.bell}>
        <Icon name="bell" />
        <span className="visually-hidden">{t('nav.notifications')} </span>
        <UnreadBadge />
      </Link>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'role', label: t(`office.roles.${user.role}`), disabled: true },
            { key: '/account', label: t('nav.account') },
            { key: '/', label: t('office.toShop') },
            { type: 'divider' },
            { key: 'logout', label: t('account.logOut') },
          ],
          onClick: ({ key }) => {
            if (key === 'logout') logout.mutate(undefined, { onError: showFailure })
            else void navigate(key)
          },
        }}
      >
        <Button type="text" icon={<UserOutlined />}>
          <span className="visually-hidden">{t('office.yourAccount')} </span>
          <span className={styles.name}>{user.display_name || user.username}</span>
        </Button>
      </Dropdown>
    </div>
  )
}
