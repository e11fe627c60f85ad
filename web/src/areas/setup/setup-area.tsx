// Owns the first-run page: an empty shop gets its owner, name, currency and time zone.
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { SetupForm } from '../../features/shop/setup-form.tsx'
import { keys } from '../../lib/query-keys.ts'
import { Card } from '../../ui/card.tsx'
import { LanguageSwitch } from '../../ui/language-switch.tsx'
import { ThemeSwitch } from '../../ui/theme-switch.tsx'
import { OfficeLook } from '../../ui/office/office-look.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import styles from './setup-area.module.css'

export default function SetupArea() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const finish = () => {
    void client.invalidateQueries({ queryKey: keys.shop })
    void navigate('/office', { replace: true })
  }
  return (
    <main className={styles.page}>
      <div className={styles.top}>
        <img src="/icon.svg" alt="" width={44} height={44} />
        <span className={styles.tools}>
          <ThemeSwitch />
          <LanguageSwitch />
        </span>
      </div>
      <PageHeader title={t('setup.title')} text={t('setup.text')} />
      <Card>
        <OfficeLook>
          <SetupForm onDone={finish} />
        </OfficeLook>
      </Card>
    </main>
  )
}
