// Owns which charts there are, and what of a scenario's result each shows. Null where the result lacks it.
import type { Result } from '../lib/results.ts'
import type { RowSummary } from '../lib/statistics.ts'
import { number } from '../lib/table.ts'
import { type Bar, barChart } from './bar-chart.ts'
import { type Line, lineChart, type Point } from './line-chart.ts'

export interface Chart {
  /** The scenario whose newest result it shows. */
  readonly scenario: string
  /** The picture's name, without its ending. */
  readonly file: string
  draw(result: Result): string | null
}

export const charts: readonly Chart[] = [
  { scenario: 'ramp', file: 'performance-connections', draw: drawRamp },
  { scenario: 'orders-sustained', file: 'performance-sustained', draw: drawSustained },
  { scenario: 'growth', file: 'performance-growth', draw: drawGrowth },
  { scenario: 'burst', file: 'performance-burst', draw: drawBurst },
]

/** When, on what, and of which state of the program. */
function noteOf({ at, machine }: Result): string {
  const { cpus, model, node, commit, changed } = machine
  const name = model.replace(/\(R\)|\(TM\)/g, '').replace(/\s+/g, ' ')
  const state = commit === null ? '' : `, commit ${commit}${changed ? ' with changes' : ''}`
  return `${cpus} × ${name}, Node ${node}${state}, ${at.slice(0, 10)}`
}

function drawRamp(result: Result): string | null {
  const lines = (of: (row: RowSummary) => number | null) =>
    ['orders', 'reads'].flatMap((name): Line[] => {
      const points = result.rows.flatMap((row): Point[] => {
        const [, kind, x] = /^(\w+), (\d+) connections$/.exec(row.name) ?? []
        const y = of(row)
        return kind === name && y !== null ? [{ x: Number(x), y }] : []
      })
      return points.length < 2 ? [] : [{ name, points }]
    })
  const [rates, waits] = [lines(({ rate }) => rate.median), lines(({ p99_ms }) => p99_ms)]
  if (rates.length === 0) return null
  return lineChart({
    title: 'More and more customers at once',
    note: noteOf(result),
    xTitle: 'connections that never pause',
    x: 'log',
    panels: [
      { title: 'answered per second', lines: rates },
      { title: 'p99, ms', lines: waits },
    ],
  })
}

function drawSustained(result: Result): string | null {
  const orders = lineOf(result, 'every second', 'orders_per_s', 'orders')
  const backlog = lineOf(result, 'every second', 'backlog', 'backlog')
  if (!orders || !backlog) return null
  return lineChart({
    title: 'Orders without a pause, consumers keeping up',
    note: noteOf(result),
    xTitle: 'seconds',
    x: 'linear',
    panels: [
      { title: 'orders per second', lines: [orders] },
      { title: 'events that the slowest group has before it', lines: [backlog] },
    ],
  })
}

function drawBurst(result: Result): string | null {
  const answers = [
    lineOf(result, 'burst', 'placed', 'placed'),
    lineOf(result, 'burst', 'refused', 'refused (503)'),
    lineOf(result, 'burst', 'failed', 'failed'),
  ].filter((line) => line !== null)
  const left = lineOf(result, 'drain', 'deliveries', 'deliveries')
  if (answers.length < 3 || !left) return null
  // The work begins where the burst has ended.
  const end = Math.max(0, ...answers.flatMap(({ points }) => points.map(({ x }) => x)))
  const later = { ...left, points: left.points.map(({ x, y }) => ({ x: end + x, y })) }
  return lineChart({
    title: 'A burst with the background work paused, then resumed',
    note: noteOf(result),
    xTitle: 'seconds',
    x: 'linear',
    panels: [
      { title: 'answers per second', lines: answers },
      { title: 'deliveries that wait, once the work goes on', lines: [later] },
    ],
  })
}

function drawGrowth(result: Result): string | null {
  const bars = result.rows.flatMap((row): Bar[] => {
    const empty = row.against ?? result.rows.find(({ name }) => name === `${row.name}, empty shop`)
    if (!empty || empty.rate.median === 0) return []
    const value = (row.rate.median / empty.rate.median) * 100
    const label = `${Math.round(value)} %, ${number(row.rate.median)} /s`
    return [{ name: row.name, value, label }]
  })
  if (bars.length === 0) return null
  return barChart({
    title: 'A grown shop, beside an empty one',
    note: noteOf(result),
    bars,
    mark: { value: 100, name: 'empty shop' },
  })
}

function lineOf(result: Result, series: string, key: string, name: string): Line | null {
  const points = (result.series[series] ?? []).flatMap(({ t, [key]: y }): Point[] =>
    t === undefined || y === undefined ? [] : [{ x: t, y }],
  )
  return points.length < 2 ? null : { name, points }
}
