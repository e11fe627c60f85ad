// Owns the picture of how many orders each day had.
import type { EChartsCoreOption } from 'echarts/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { SalesItem } from '../../../../src/modules/reports/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { FramedChart } from '../../ui/office/framed-chart.tsx'
import { type Look, useLook } from '../../ui/office/look.ts'

export function OrdersChart({ days }: { days: readonly SalesItem[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const look = useLook()
  const option = useMemo(
    () => optionOf(days, t('sales.orders'), format, look),
    [days, t, format, look],
  )
  return <FramedChart option={option} label={t('today.ordersChart')} height={240} />
}

function optionOf(
  days: readonly SalesItem[],
  name: string,
  { number, shortDay, longDay }: ReturnType<typeof useFormat>,
  look: Look,
): EChartsCoreOption {
  const text = { color: look.soft, fontFamily: look.font, fontSize: 12 }
  return {
    textStyle: text,
    grid: { left: 4, right: 12, top: 16, bottom: 4 },
    tooltip: {
      trigger: 'axis',
      valueFormatter: number,
      backgroundColor: look.surface,
      borderColor: look.line,
      textStyle: { ...text, color: look.ink },
    },
    xAxis: {
      type: 'category',
      data: days.map((item) => item.day),
      axisLine: { lineStyle: { color: look.line } },
      axisTick: { show: false },
      axisLabel: { color: look.soft, formatter: shortDay, hideOverlap: true },
      axisPointer: { label: { formatter: ({ value }: { value: string }) => longDay(value) } },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: look.soft },
      splitLine: { lineStyle: { color: look.line } },
    },
    series: [
      {
        name,
        type: 'bar',
        data: days.map((item) => item.orders ?? 0),
        barMaxWidth: 18,
        color: look.orders,
        itemStyle: { borderRadius: [3, 3, 0, 0] },
      },
    ],
  }
}
