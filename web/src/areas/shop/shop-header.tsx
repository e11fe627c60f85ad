// Owns the top of the customers' area; on a phone most of it moves to the tab bar.
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'

import { useCart } from '../../features/cart/cart-store.ts'
import { UnreadBadge } from '../../features/notifications/unread-badge.tsx'
import { useSession } from '../../lib/session.ts'
import { CountBadge } from '../../ui/badge.tsx'
import { Brand } from '../../ui/brand.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LanguageSwitch } from '../../ui/language-switch.tsx'
import { ThemeSwitch } from '../../ui/theme-switch.tsx'
import styles from './shop-header.module.css'

export function ShopHeader() {
  const { t } = useTranslation()
  const { user, known, isStaff } = useSession()
  const units = useCart().reduce((sum, line) => sum + line.quantity, 0)
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Brand />
        <nav className={styles.nav} aria-label={t('nav.main')}>
          <NavLink to="/" end>
            {t('nav.catalogue')}
          </NavLink>
          {user && <NavLink to="/orders">{t('nav.orders')}</NavLink>}
          {isStaff && <NavLink to="/office">{t('nav.office')}</NavLink>}
        </nav>
        <div className={styles.tools}>
          <ThemeSwitch />
          <LanguageSwitch />
          {user && (
            <NavLink to="/notifications" className={styles.tool}>
              <Icon name="bell" />
              <span className="visually-hidden">{t('nav.notifications')} </span>
              <UnreadBadge />
            </NavLink>
          )}
          <NavLink to="/cart" className={`${styles.tool} ${styles.wideOnly}`}>
            <Icon name="cart" />
            <span className="visually-hidden">{t('nav.cartCount', { count: units })}</span>
            <CountBadge count={units} />
          </NavLink>
          {user && (
            <NavLink to="/account" className={`${styles.tool} ${styles.wideOnly}`}>
              <Icon name="user" />
              <span className="visually-hidden">{t('nav.account')}</span>
            </NavLink>
          )}
          {known && !user && (
            <LinkButton to="/login" size="sm">
              {t('account.logIn')}
            </LinkButton>
          )}
        </div>
      </div>
    </header>
  )
}
