// Owns the picture of the best-selling products: the longer the bar, the more money it brought.
import type { EChartsCoreOption } from 'echarts/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { SalesItem } from '../../../../src/modules/reports/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { FramedChart } from '../../ui/office/framed-chart.tsx'
import { type Look, useLook } from '../../ui/office/look.ts'

const MOST = 10
const ROW = 30

interface ProductsChartProps {
  readonly products: readonly SalesItem[]
  readonly nameOf: (product: SalesItem) => string
  /** Room for names, in pixels. */
  readonly nameWidth: number
}

export function ProductsChart({ products, nameOf, nameWidth }: ProductsChartProps) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const look = useLook()
  const bars = useMemo(
    () =>
      products
        .filter((item) => item.revenue_cents > 0)
        .slice(0, MOST)
        .map((item) => ({ name: nameOf(item), cents: item.revenue_cents })),
    [products, nameOf],
  )
  const option = useMemo(
    () => optionOf(bars, nameWidth, money, look),
    [bars, nameWidth, money, look],
  )
  return (
    <FramedChart option={option} label={t('sales.productsChart')} height={bars.length * ROW + 16} />
  )
}

interface Bar {
  readonly name: string
  readonly cents: number
}

function optionOf(
  bars: readonly Bar[],
  nameWidth: number,
  money: (cents: number) => string,
  look: Look,
): EChartsCoreOption {
  const text = { color: look.ink, fontFamily: look.font, fontSize: 12 }
  return {
    textStyle: text,
    grid: { left: nameWidth + 8, right: 84, top: 4, bottom: 4, outerBoundsMode: 'none' },
    tooltip: {
      trigger: 'item',
      valueFormatter: money,
      backgroundColor: look.surface,
      borderColor: look.line,
      textStyle: text,
    },
    xAxis: { type: 'value', show: false, max: 'dataMax' },
    yAxis: {
      type: 'category',
      inverse: true,
      // Two products may have the same name: their places tell them apart.
      data: bars.map((_, place) => place),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        ...text,
        width: nameWidth,
        overflow: 'truncate',
        interval: 0,
        formatter: (place: string) => bars[Number(place)]?.name ?? '',
      },
    },
    series: [seriesOf(bars, money, text, look)],
  }
}

function seriesOf(
  bars: readonly Bar[],
  money: (cents: number) => string,
  text: object,
  look: Look,
) {
  return {
    type: 'bar',
    data: bars.map(({ name, cents }) => ({ name, value: cents })),
    barWidth: 14,
    color: look.revenue,
    itemStyle: { borderRadius: [0, 4, 4, 0] },
    label: {
      ...text,
      show: true,
      position: 'right',
      formatter: ({ value }: { value: number }) => money(value),
    },
  }
}
