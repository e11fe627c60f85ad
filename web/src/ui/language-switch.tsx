// Owns switching the page's language: one press, at once, each language named in itself; one alone needs no switch.
import { useTranslation } from 'react-i18next'

import { currentLanguage, switchLanguage } from '../lib/i18n.ts'
import { useShopInfo } from '../lib/shop-info.ts'
import styles from './language-switch.module.css'

export function LanguageSwitch() {
  useTranslation() // re-renders when the language changes
  const current = currentLanguage()
  const other = useShopInfo().languages.find((language) => language !== current)
  if (other === undefined) return null
  return (
    <button
      type="button"
      className={styles.switch}
      lang={other}
      onClick={() => void switchLanguage(other)}
    >
      <span className={styles.long}>{other === 'en' ? 'English' : '中文'}</span>
      <span className={styles.short} aria-hidden="true">
        {other === 'en' ? 'EN' : '中'}
      </span>
    </button>
  )
}
