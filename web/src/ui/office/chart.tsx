// Owns drawing charts. It is a chunk of its own, with only the parts of ECharts that are used.
import { BarChart, LineChart, PieChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, type EChartsType, init, use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

register([
  BarChart,
  LineChart,
  PieChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  SVGRenderer,
])

export default function Chart({ option }: { option: EChartsCoreOption }) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)

  useEffect(() => {
    if (!box.current) return
    const drawn = init(box.current, null, { renderer: 'svg' })
    const watcher = new ResizeObserver(() => drawn.resize())
    watcher.observe(box.current)
    chart.current = drawn
    return () => {
      watcher.disconnect()
      drawn.dispose()
    }
  }, [])

  useEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    chart.current?.setOption({ animation: !still, ...option }, true)
  }, [option])

  return <div ref={box} style={{ width: '100%', height: '100%' }} />
}
