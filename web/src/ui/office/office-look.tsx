// Owns that Ant Design's components have our colours and speak the page's language.
import { ConfigProvider, Empty, Grid, theme as antTheme } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { currentLanguage } from '../../lib/i18n.ts'
import { useBrand, useTheme } from '../../lib/theme.ts'
import { Icon } from '../icon.tsx'
import styles from './office-look.module.css'
import { officeTheme } from './theme.ts'

export function OfficeLook({ children }: { children: ReactNode }) {
  useTranslation() // Ant Design's own words follow the page's language
  const wide = Grid.useBreakpoint().md ?? true
  const shown = useTheme()
  const brand = useBrand()
  const theme = useMemo(() => themeOf(wide, shown, brand), [wide, shown, brand])
  return (
    <ConfigProvider
      theme={theme}
      locale={currentLanguage() === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      // Beside a long title stands the way out.
      modal={{ styles: { header: { paddingInlineEnd: 28 } } }}
      statistic={{ className: styles.figure ?? '' }}
      empty={{ image: <EmptyMark />, className: styles.empty ?? '' }}
      renderEmpty={renderEmpty}
    >
      {children}
    </ConfigProvider>
  )
}

/** Nothing there looks the same in the office as in the shop. */
function EmptyMark() {
  return (
    <span className={styles.mark}>
      <Icon name="box" size={26} />
    </span>
  )
}

/** Tables and choices that say nothing of their own would bring a picture of their own. */
function renderEmpty(component?: string) {
  // It says so itself.
  return component === 'Table.filter' ? null : <Empty />
}

/** @param _brand the shop's colour: the tokens that are read here follow it */
function themeOf(wide: boolean, shown: 'light' | 'dark', _brand: string | null) {
  return {
    ...officeTheme(wide),
    algorithm: shown === 'dark' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
  }
}
