// Owns the picture of a price over time: it stays what it is until the day it changes.
import type { EChartsCoreOption } from 'echarts/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { dayAt } from '../../../../src/lib/days.ts'
import type { PriceChange } from '../../../../src/modules/inventory/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import { FramedChart } from '../../ui/office/framed-chart.tsx'
import { type Look, useLook } from '../../ui/office/look.ts'
import { pricePoints } from './price-points.ts'

const DAY = 86_400_000

export function PriceChart({ changes }: { changes: readonly PriceChange[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { time_zone: zone } = useShopInfo()
  const look = useLook()
  const option = useMemo(
    () => optionOf(pricePoints(changes, Date.now()), format, look, zone),
    [changes, format, look, zone],
  )
  return <FramedChart option={option} label={t('editor.priceChart')} height={150} />
}

function optionOf(
  points: readonly (readonly [number, number])[],
  { money, shortMoney, longDay, shortDay }: ReturnType<typeof useFormat>,
  look: Look,
  zone: string,
): EChartsCoreOption {
  const text = { color: look.soft, fontFamily: look.font, fontSize: 12 }
  const dayOf = (time: number) => dayAt(time, zone)
  return {
    textStyle: text,
    grid: { left: 4, right: 16, top: 12, bottom: 4 },
    tooltip: {
      trigger: 'axis',
      valueFormatter: money,
      backgroundColor: look.surface,
      borderColor: look.line,
      textStyle: { ...text, color: look.ink },
    },
    xAxis: {
      type: 'time',
      axisLine: { lineStyle: { color: look.line } },
      axisTick: { show: false },
      splitNumber: 4,
      minInterval: DAY,
      axisLabel: {
        color: look.soft,
        hideOverlap: true,
        formatter: (time: number) => shortDay(dayOf(time)),
      },
      axisPointer: {
        label: { formatter: ({ value }: { value: number }) => longDay(dayOf(value)) },
      },
    },
    yAxis: {
      type: 'value',
      scale: true,
      splitNumber: 3,
      axisLabel: { color: look.soft, formatter: shortMoney },
      splitLine: { lineStyle: { color: look.line } },
    },
    series: [
      {
        type: 'line',
        step: 'end',
        data: points,
        symbol: 'circle',
        symbolSize: 6,
        color: look.revenue,
        lineStyle: { width: 2 },
        emphasis: { disabled: true },
      },
    ],
  }
}
