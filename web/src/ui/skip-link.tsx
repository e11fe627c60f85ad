// Owns the keyboard's way past the navigation: the first thing that Tab reaches.
import { useTranslation } from 'react-i18next'

import styles from './skip-link.module.css'

/** The area's content has the id `main`. */
export function SkipLink() {
  const { t } = useTranslation()
  return (
    <a href="#main" className={styles.skip}>
      {t('nav.skip')}
    </a>
  )
}
