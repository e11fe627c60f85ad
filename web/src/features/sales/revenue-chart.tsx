// Owns the picture of the days: what was sold as a line, what was given back as bars.
import type { EChartsCoreOption } from 'echarts/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { SalesItem } from '../../../../src/modules/reports/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { FramedChart } from '../../ui/office/framed-chart.tsx'
import { type Look, useLook } from '../../ui/office/look.ts'

interface Words {
  readonly revenue: string
  readonly refunded: string
}

interface RevenueChartProps {
  readonly days: readonly SalesItem[]
  readonly height?: number
}

export function RevenueChart({ days, height = 300 }: RevenueChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const look = useLook()
  const option = useMemo(() => {
    const words = { revenue: t('sales.revenue'), refunded: t('sales.refunded') }
    return optionOf(days, words, format, look)
  }, [days, t, format, look])
  return <FramedChart option={option} label={t('sales.daysChart')} height={height} />
}

type Format = ReturnType<typeof useFormat>

function optionOf(
  days: readonly SalesItem[],
  words: Words,
  format: Format,
  look: Look,
): EChartsCoreOption {
  const text = { color: look.soft, fontFamily: look.font, fontSize: 12 }
  const anyRefund = days.some((day) => day.refunded_cents > 0)
  return {
    textStyle: text,
    grid: { left: 4, right: 12, top: anyRefund ? 36 : 16, bottom: 4 },
    legend: { show: anyRefund, top: 0, right: 0, textStyle: text, itemWidth: 16 },
    tooltip: {
      trigger: 'axis',
      valueFormatter: (cents: number) => format.money(cents),
      backgroundColor: look.surface,
      borderColor: look.line,
      textStyle: { ...text, color: look.ink },
    },
    ...axesOf(days, format, look),
    series: [
      revenueOf(days, words.revenue, look),
      refundsOf(anyRefund ? days : [], words.refunded, look),
    ],
  }
}

function axesOf(days: readonly SalesItem[], { shortDay, longDay, shortMoney }: Format, look: Look) {
  return {
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
      axisLabel: { color: look.soft, formatter: shortMoney },
      splitLine: { lineStyle: { color: look.line } },
    },
  }
}

function revenueOf(days: readonly SalesItem[], name: string, look: Look) {
  return {
    name,
    type: 'line',
    data: days.map((item) => item.revenue_cents),
    // More of them ECharts thins out where it is narrow, which looks like a fault.
    showSymbol: days.length <= 14,
    symbol: 'circle',
    symbolSize: 6,
    color: look.revenue,
    lineStyle: { width: 2 },
    areaStyle: { color: look.revenueSoft, opacity: 0.7 },
    emphasis: { disabled: true },
  }
}

function refundsOf(days: readonly SalesItem[], name: string, look: Look) {
  return {
    name,
    type: 'bar',
    data: days.map((item) => item.refunded_cents),
    barMaxWidth: 10,
    z: 3,
    color: look.refund,
    itemStyle: { borderRadius: [3, 3, 0, 0] },
  }
}
