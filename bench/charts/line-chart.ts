// Owns charts of lines: panels under one another that share their horizontal axis.
import { number } from '../lib/table.ts'
import { linearScale, logScale, type Scale } from './scale.ts'
import { drawing, element, type Frame, text, TOP, WIDTH } from './svg.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Line {
  readonly name: string
  readonly points: readonly Point[]
}

export interface Panel {
  readonly title: string
  /** At most three. */
  readonly lines: readonly Line[]
}

export interface LineChart extends Frame {
  readonly xTitle: string
  readonly x: 'linear' | 'log'
  readonly panels: readonly Panel[]
}

const LEFT = 72
const RIGHT = WIDTH - 28
const PANEL = 150
/** Of a panel's title and legend. */
const HEAD = 26
const FOOT = 44

interface Place {
  readonly top: number
  readonly x: Scale
}

export function lineChart({ title, note, xTitle, x: kind, panels }: LineChart): string {
  const xs = panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(({ x }) => x)))
  const x = kind === 'log' ? logScale(xs) : linearScale(xs, 10)
  const parts = panels.map((panel, i) => drawPanel(panel, { top: TOP + i * (PANEL + HEAD), x }))
  const bottom = TOP + panels.length * (PANEL + HEAD)
  const axis = x.ticks.map((tick) => text(across(x, tick), bottom + 16, number(tick), middle))
  const words = text((LEFT + RIGHT) / 2, bottom + 34, xTitle, { ...middle, class: 'soft' })
  return drawing({ title, note }, bottom + FOOT, [...parts, ...axis, words])
}

const middle = { 'text-anchor': 'middle' }

function across(x: Scale, value: number): number {
  return LEFT + x.at(value) * (RIGHT - LEFT)
}

function drawPanel({ title, lines }: Panel, { top, x }: Place): string {
  const y = linearScale(lines.flatMap(({ points }) => points.map((point) => point.y)))
  const bottom = top + HEAD + PANEL - 16
  const up = (value: number) => bottom - y.at(value) * (bottom - top - HEAD)
  const grid = y.ticks.flatMap((tick) => [
    element('line', { x1: LEFT, x2: RIGHT, y1: up(tick), y2: up(tick), class: 'grid' }),
    text(LEFT - 8, up(tick) + 4, number(tick), { 'text-anchor': 'end' }),
  ])
  const drawn = lines.map(({ points }, i) => {
    const places = points.map((point) => `${round(across(x, point.x))},${round(up(point.y))}`)
    return element('polyline', { points: places.join(' '), class: `line s${i}` })
  })
  return [text(16, top + 14, title), ...legend(lines, top), ...grid, ...drawn].join('\n')
}

/** From the right, the last first; a single line is named by the panel. */
function legend(lines: readonly Line[], top: number): string[] {
  if (lines.length < 2) return []
  let right = RIGHT
  return lines.toReversed().flatMap(({ name }, i) => {
    const left = right - 34 - name.length * 6.6
    const y = top + 10
    const swatch = { x1: left, x2: left + 26, y1: y, y2: y, class: `line s${lines.length - 1 - i}` }
    right = left - 16
    return [element('line', swatch), text(left + 32, y + 4, name)]
  })
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
