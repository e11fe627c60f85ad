// Owns that Ant Design's components have our colours and speak the page's language.
import { ConfigProvider, Grid } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { currentLanguage } from '../../lib/i18n.ts'
import { officeTheme } from './theme.ts'

export function OfficeLook({ children }: { children: ReactNode }) {
  useTranslation() // Ant Design's own words follow the page's language
  const wide = Grid.useBreakpoint().md ?? true
  const theme = useMemo(() => officeTheme(wide), [wide])
  return (
    <ConfigProvider
      theme={theme}
      locale={currentLanguage() === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
    >
      {children}
    </ConfigProvider>
  )
}
