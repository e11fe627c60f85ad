// Owns the way to the command palette: a button, and Ctrl or ⌘ with K anywhere in the office.
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { useSession } from '../../lib/session.ts'
import { Icon } from '../../ui/icon.tsx'
import styles from './office-frame.module.css'
import { officePages } from './pages-list.tsx'

const Palette = lazy(async () => {
  const { Palette: palette } = await import('../../features/palette/palette.tsx')
  return { default: palette }
})

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
const keyNames = isMac ? '⌘ K' : 'Ctrl K'

export function OfficePalette() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const pages = usePages()
  const { link, go } = useGo()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey)
        return
      event.preventDefault()
      setOpen((now) => !now)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const close = useCallback(() => setOpen(false), [])
  const leaveFor = useCallback(
    (path: string) => {
      setOpen(false)
      go(path)
    },
    [go],
  )
  return (
    <>
      <button
        type="button"
        className={styles.palette}
        aria-haspopup="dialog"
        aria-keyshortcuts={isMac ? 'Meta+K' : 'Control+K'}
        onClick={() => setOpen(true)}
      >
        <Icon name="search" size={18} />
        <span className={styles.paletteName}>{t('palette.open')}</span>
        <kbd className={styles.keys} aria-hidden="true">
          {keyNames}
        </kbd>
      </button>
      {link}
      {open && (
        <Suspense>
          <Palette pages={pages} onGo={leaveFor} onClose={close} />
        </Suspense>
      )}
    </>
  )
}

/** The menu's pages and those that stand below them, as far as this person may see them. */
function usePages() {
  const { t, i18n } = useTranslation()
  const { may } = useSession()
  const isManager = may('manager')
  return useMemo(
    () => [
      ...officePages
        .filter(({ role }) => may(role))
        .map(({ path, name }) => ({ path, name: t(`office.nav.${name}`) })),
      ...(isManager
        ? [
            { path: '/office/stock?edit=new', name: t('office.newProduct') },
            { path: '/office/stock/import', name: t('import.title') },
          ]
        : []),
      { path: '/office/stock/labels', name: t('labels.title') },
      { path: '/office/notifications', name: t('nav.notifications') },
      { path: '/office/notifications?view=preferences', name: t('preferences.tab') },
      { path: '/account', name: t('nav.account') },
      { path: '/', name: t('office.toShop') },
    ],
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `may` is new each time; the role decides
    [t, i18n.language, isManager, may('owner')],
  )
}

/** By a link that is pressed: whoever would lose something unsaved is asked as with any other link. */
function useGo() {
  const anchor = useRef<HTMLAnchorElement>(null)
  const [target, setTarget] = useState<{ readonly path: string } | null>(null)
  useEffect(() => {
    if (target) anchor.current?.click()
  }, [target])
  const go = useCallback((path: string) => setTarget({ path }), [])
  const link = <Link ref={anchor} to={target?.path ?? '/office'} hidden tabIndex={-1} />
  return { link, go }
}
