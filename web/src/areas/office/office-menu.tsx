// Owns the staff's navigation: each role sees what it may use.
import {
  AppstoreOutlined,
  BarChartOutlined,
  ControlOutlined,
  DashboardOutlined,
  InboxOutlined,
  PlusSquareOutlined,
  ProfileOutlined,
  SafetyOutlined,
  SmileOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import { Menu } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'

import type { Role } from '../../../../src/lib/roles.ts'
import type { StaffTexts } from '../../lib/locales/zh-CN/index.ts'
import { useSession } from '../../lib/session.ts'

const entries: readonly [path: string, name: EntryName, icon: ReactNode, role: Role][] = [
  ['/office', 'board', <AppstoreOutlined />, 'clerk'],
  ['/office/orders', 'orders', <ProfileOutlined />, 'clerk'],
  ['/office/orders/new', 'newOrder', <PlusSquareOutlined />, 'clerk'],
  ['/office/stock', 'stock', <InboxOutlined />, 'clerk'],
  ['/office/customers', 'customers', <SmileOutlined />, 'clerk'],
  ['/office/sales', 'sales', <BarChartOutlined />, 'manager'],
  ['/office/staff', 'staff', <TeamOutlined />, 'manager'],
  ['/office/system', 'system', <DashboardOutlined />, 'owner'],
  ['/office/backups', 'backups', <SafetyOutlined />, 'owner'],
  ['/office/settings', 'settings', <ControlOutlined />, 'owner'],
]
type EntryName = keyof StaffTexts['office']['nav']

export function OfficeMenu({ onPick }: { onPick?: () => void }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { pathname } = useLocation()
  return (
    <nav aria-label={t('nav.main')}>
      <Menu
        mode="inline"
        selectedKeys={[entryOf(pathname)]}
        style={{ borderInlineEnd: 0 }}
        {...(onPick && { onClick: onPick })}
        items={entries
          .filter(([, , , role]) => may(role))
          .map(([path, name, icon]) => ({
            key: path,
            icon,
            label: <Link to={path}>{t(`office.nav.${name}`)}</Link>,
          }))}
      />
    </nav>
  )
}

/** The nearest entry at or above a page; the board, at the root, has nothing below it. */
function entryOf(pathname: string): string {
  const path = pathname.replace(/\/$/, '')
  const above = entries
    .map(([entry]) => entry)
    .filter((entry) => entry !== '/office' && `${path}/`.startsWith(`${entry}/`))
  return above.at(-1) ?? path
}
