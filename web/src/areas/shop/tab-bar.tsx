// Owns the bar at a phone's lower edge, where the thumb is.
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'

import { useCart } from '../../features/cart/cart-store.ts'
import { CountBadge } from '../../ui/badge.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import styles from './tab-bar.module.css'

export function TabBar() {
  const { t } = useTranslation()
  const units = useCart().reduce((sum, line) => sum + line.quantity, 0)
  return (
    <nav className={styles.bar} aria-label={t('nav.tabs')}>
      <Tab to="/" icon="home" label={t('nav.catalogue')} />
      <Tab to="/cart" icon="cart" label={t('nav.cart')} count={units} />
      <Tab to="/orders" icon="orders" label={t('nav.orders')} />
      <Tab to="/account" icon="user" label={t('nav.account')} />
    </nav>
  )
}

interface TabProps {
  readonly to: string
  readonly icon: IconName
  readonly label: string
  readonly count?: number
}

function Tab({ to, icon, label, count = 0 }: TabProps) {
  return (
    <NavLink to={to} end={to === '/'} className={styles.tab}>
      <Icon name={icon} />
      <CountBadge count={count} />
      <span>{label}</span>
    </NavLink>
  )
}
