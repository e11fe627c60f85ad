// Owns Ant Design's theme, made of the same tokens as everything else.
import type { ThemeConfig } from 'antd'

export function officeTheme(): ThemeConfig {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const pixels = (name: string) => Number.parseFloat(token(name))
  return {
    token: {
      colorPrimary: token('color-primary'),
      colorLink: token('color-primary'),
      colorInfo: token('color-info'),
      colorSuccess: token('color-good'),
      colorWarning: token('color-warn'),
      colorError: token('color-bad'),
      colorTextBase: token('color-ink'),
      colorBgLayout: token('color-page'),
      colorBorder: '#cfc3b2',
      colorBorderSecondary: token('color-line'),
      borderRadius: pixels('radius-sm') + 2,
      borderRadiusLG: pixels('radius-md'),
      fontFamily: token('font-sans'),
      fontSize: 14,
      controlHeight: 36,
    },
    components: {
      Layout: {
        siderBg: token('color-surface'),
        headerBg: token('color-surface'),
        headerPadding: '0 16px',
        headerHeight: 56,
      },
      Menu: { itemBorderRadius: 8, itemHeight: 40 },
      Table: { headerBg: token('color-sunken'), rowHoverBg: token('color-primary-soft') },
      Card: { bodyPadding: 16, headerPadding: 16 },
    },
  }
}
