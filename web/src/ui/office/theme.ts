// Owns Ant Design's theme, made of the same tokens as everything else.
import type { ThemeConfig } from 'antd'

/** @param wide a mouse's targets; a phone's are larger */
export function officeTheme(wide: boolean): ThemeConfig {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const pixels = (name: string) => Number.parseFloat(token(name))
  // Its dark theme would dull the colour: a button in the office is as green as in the shop.
  const primary = {
    colorPrimary: token('color-primary'),
    colorPrimaryHover: token('color-primary-strong'),
    colorPrimaryActive: token('color-primary-strong'),
  }
  return {
    token: {
      colorPrimary: token('color-primary'),
      colorLink: token('color-primary'),
      colorInfo: token('color-info'),
      colorSuccess: token('color-good'),
      colorWarning: token('color-warn'),
      colorError: token('color-bad'),
      colorTextBase: token('color-ink'),
      // Ant Design would thin the ink: the office's titles were paler than the shop's.
      colorText: token('color-ink'),
      colorTextHeading: token('color-ink'),
      colorBgBase: token('color-surface'),
      // What is written on the primary colour: dark on the dark theme's light green.
      colorTextLightSolid: token('color-on-primary'),
      colorBgLayout: token('color-page'),
      colorBgContainer: token('color-surface'),
      colorBgElevated: token('color-surface'),
      colorBorder: token('color-line-firm'),
      colorBorderSecondary: token('color-line'),
      colorTextDescription: token('color-ink-soft'),
      colorTextPlaceholder: token('color-ink-soft'),
      // Ant Design would mix its own tints, which turn grey from colours as dark as ours.
      colorPrimaryBg: token('color-primary-soft'),
      colorPrimaryHover: token('color-primary-strong'),
      colorLinkHover: token('color-primary-strong'),
      colorInfoBg: token('color-info-soft'),
      colorInfoBorder: 'transparent',
      colorSuccessBg: token('color-good-soft'),
      colorSuccessBorder: 'transparent',
      colorWarningBg: token('color-warn-soft'),
      colorWarningBorder: 'transparent',
      colorErrorBg: token('color-bad-soft'),
      colorErrorBorder: 'transparent',
      borderRadius: pixels('radius-sm') + 2,
      borderRadiusLG: pixels('radius-md'),
      fontFamily: token('font-sans'),
      fontSize: 14,
      controlHeight: wide ? 36 : 40,
      motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    },
    components: {
      Layout: {
        siderBg: token('color-surface'),
        headerBg: token('color-surface'),
        headerPadding: '0 16px',
        headerHeight: 56,
      },
      Menu: {
        itemBg: 'transparent',
        itemBorderRadius: 8,
        itemHeight: 40,
        itemSelectedBg: token('color-primary-soft'),
        itemSelectedColor: token('color-primary'),
      },
      Tooltip: { colorBgSpotlight: token('color-ink'), colorTextLightSolid: token('color-page') },
      // As the buttons of ui/button.tsx, which stand beside them.
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        ...primary,
        colorLink: token('color-primary'),
        colorLinkHover: token('color-primary-strong'),
        fontWeight: 600,
        defaultBorderColor: token('color-line-strong'),
        borderRadius: pixels('radius-md'),
      },
      Statistic: { contentFontSize: 22, titleFontSize: 14 },
      Checkbox: primary,
      Radio: primary,
      Switch: primary,
      Steps: primary,
      Tag: { defaultBg: token('color-sunken') },
      Segmented: {
        trackBg: token('color-sunken'),
        itemColor: token('color-ink-soft'),
        // Where the surface is dark, it hardly differs from the track.
        itemSelectedBg: token('color-primary-soft'),
        itemSelectedColor: token('color-primary'),
      },
      Table: { headerBg: token('color-sunken'), rowHoverBg: token('color-primary-soft') },
      Card: { bodyPadding: 16, headerPadding: 16 },
    },
  }
}
