// Owns switching the page's language: one press, at once, each language named in itself.
import { useTranslation } from 'react-i18next'

import { currentLanguage, switchLanguage } from '../lib/i18n.ts'
import styles from './language-switch.module.css'

export function LanguageSwitch() {
  useTranslation() // re-renders when the language changes
  const other = currentLanguage() === 'en' ? 'zh-CN' : 'en'
  return (
    <button
      type="button"
      className={styles.switch}
      lang={other}
      onClick={() => void switchLanguage(other)}
    >
      {other === 'en' ? 'English' : '中文'}
    </button>
  )
}
