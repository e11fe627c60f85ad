// Owns choosing the theme: a button that goes round the three choices, and a row that shows them all.
import { useTranslation } from 'react-i18next'

import { chooseTheme, type ThemeChoice, themeChoices, useThemeChoice } from '../lib/theme.ts'
import { Chips } from './chips.tsx'
import { Icon } from './icon.tsx'
import styles from './theme-switch.module.css'

const icons = { system: 'half', light: 'sun', dark: 'moon' } as const

export function ThemeSwitch() {
  const { t } = useTranslation()
  const choice = useThemeChoice()
  const next = nextOf(choice)
  const words = t('theme.next', { now: t(`theme.${choice}`), next: t(`theme.${next}`) })
  return (
    <button
      type="button"
      className={styles.switch}
      aria-label={words}
      title={words}
      onClick={() => chooseTheme(next)}
    >
      <Icon name={icons[choice]} size={20} />
    </button>
  )
}

export function ThemeChips() {
  const { t } = useTranslation()
  const choice = useThemeChoice()
  return (
    <Chips
      label={t('theme.title')}
      choices={themeChoices.map((value) => ({ value, label: t(`theme.${value}`) }))}
      value={choice}
      onChange={chooseTheme}
    />
  )
}

function nextOf(choice: ThemeChoice): ThemeChoice {
  return themeChoices[(themeChoices.indexOf(choice) + 1) % themeChoices.length] ?? 'system'
}
