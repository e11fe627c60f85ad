// Owns the staff's navigation: each role sees what it may use.
import { Menu } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'

import { useSession } from '../../lib/session.ts'
import { officePages } from './pages-list.tsx'

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
        items={officePages
          .filter(({ role }) => may(role))
          .map(({ path, name, icon }) => ({
            key: path,
            icon,
            label: <Link to={path}>{t(`office.nav.${name}`)}</Link>,
          }))}
      />
    </nav>
  )
}

/** The nearest entry at or above a page; the day's page, at the root, has nothing below it. */
function entryOf(pathname: string): string {
  const path = pathname.replace(/\/$/, '')
  const above = officePages
    .map((page) => page.path)
    .filter((entry) => entry !== '/office' && `${path}/`.startsWith(`${entry}/`))
  return above.at(-1) ?? path
}
