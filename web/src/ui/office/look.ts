// Owns how charts look: colours and type from the same tokens as everything else.
import { useMemo } from 'react'

import { useBrand, useTheme } from '../../lib/theme.ts'

export interface Look {
  readonly ink: string
  readonly soft: string
  readonly line: string
  readonly surface: string
  readonly revenue: string
  readonly revenueSoft: string
  readonly refund: string
  readonly orders: string
  readonly font: string
  /** For parts of a whole, told apart by lightness too. */
  readonly parts: readonly string[]
}

/** Read anew when the theme changes. */
export function useLook(): Look {
  const theme = useTheme()
  const brand = useBrand()
  return useMemo(readLook, [theme, brand])
}

function readLook(): Look {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    ink: token('color-ink'),
    soft: token('color-ink-soft'),
    line: token('color-line'),
    surface: token('color-surface'),
    revenue: token('color-primary'),
    revenueSoft: token('color-primary-soft'),
    refund: token('color-accent'),
    orders: token('chart-3'),
    font: token('font-sans'),
    parts: ['chart-1', 'chart-2', 'chart-3', 'chart-4', 'chart-5', 'chart-6', 'chart-7'].map(token),
  }
}
