// Shows what charts make of results, and of results that lack something.
import { expect, it } from 'vitest'
import type { Result } from '../lib/results.ts'
import { type RowSummary, summarize } from '../lib/statistics.ts'
import { charts } from './charts.ts'
import { newestOf } from './newest.ts'
import { linearScale, logScale } from './scale.ts'
import { escapeXml } from './svg.ts'

function row(name: string, rate: number): RowSummary {
  const samples = [{ count: rate, seconds: 1, rate, p99_ms: 5 }]
  return summarize({ name, unit: 'orders', samples })
}

const NOTHING: Pick<Result, 'rows' | 'series'> = { rows: [], series: {} }

function draw(file: string, of: Partial<Result>): string | null {
  const result = {
    scenario: '',
    question: '',
    at: '2026-11-23T08:00:00Z',
    machine: {
      cpus: 2,
      model: 'A<B>(R) & Co',
      memory_mib: 1,
      node: '26',
      sqlite: '3',
      commit: null,
      changed: false,
      load: 0,
    },
    settings: {},
    goals: [],
    notes: [],
    ...NOTHING,
    ...of,
  }
  return charts.find((chart) => chart.file === file)?.draw(result as Result) ?? null
}

it('draws rates and waiting over connections, each place at its own x', () => {
  const names = ['orders, 16 connections', 'orders, 64 connections', 'orders, 256 connections']
  const svg = draw('performance-connections', { rows: names.map((name, i) => row(name, 100 + i)) })
  const lines = [...(svg?.matchAll(/<polyline points="([^"]+)"/g) ?? [])]
  expect(lines).toHaveLength(2)
  // 16, 64, 256 are as far from one another.
  const xs = lines[0]?.[1]?.split(' ').map((place) => Number(place.split(',')[0])) ?? []
  expect(xs).toHaveLength(3)
  expect(xs[1]! - xs[0]!).toBeCloseTo(xs[2]! - xs[1]!, 0)
  expect(svg).toContain('A&lt;B&gt; &amp; Co')
})

it('draws a grown shop beside an empty one, in percent', () => {
  const svg = draw('performance-growth', {
    rows: [row('orders', 90), row('orders, empty shop', 100)],
  })
  expect(svg).toContain('90 %, 90 /s')
  expect(svg?.match(/class="bar"/g)).toHaveLength(1)
})

it('draws nothing rather than half of a picture', () => {
  for (const { file } of charts) expect(draw(file, {}), file).toBeNull()
})

it('goes up to a round number that holds all', () => {
  expect(linearScale([3, 87]).ticks).toEqual([0, 50, 100])
  expect(linearScale([100]).ticks).toEqual([0, 50, 100])
  expect(linearScale([]).ticks[0]).toBe(0)
  expect(linearScale([87]).at(87)).toBeLessThanOrEqual(1)
  expect(logScale([256, 16]).at(64)).toBeCloseTo(0.5)
})

it('finds the newest result of a scenario, and not of one whose name only ends like it', () => {
  const names = [
    '2026-11-23T0800-orders.json',
    '2026-11-24T0700-orders.json',
    '2026-11-25T0700-my-orders.json',
    'README.md',
  ]
  expect(newestOf(names, 'orders')).toBe('2026-11-24T0700-orders.json')
  expect(newestOf(names, 'my-orders')).toBe('2026-11-25T0700-my-orders.json')
  expect(newestOf(names, 'growth')).toBeNull()
})

it('lets no words become markup', () => {
  expect(escapeXml('<a href="&">')).toBe('&lt;a href=&quot;&amp;&quot;&gt;')
})
