// Owns a chart's place on the page: its height from the start, its words for those who don't see it.
import type { EChartsCoreOption } from 'echarts/core'
import { lazy, Suspense } from 'react'

import { Skeleton } from '../skeleton.tsx'

const Chart = lazy(() => import('./chart.tsx'))

interface FramedChartProps {
  readonly option: EChartsCoreOption
  /** What it shows, in a sentence; the numbers themselves stand in a table. */
  readonly label: string
  readonly height: number
}

export function FramedChart({ option, label, height }: FramedChartProps) {
  return (
    <div role="img" aria-label={label} style={{ height }}>
      <Suspense fallback={<Skeleton height={height} />}>
        <Chart option={option} />
      </Suspense>
    </div>
  )
}
