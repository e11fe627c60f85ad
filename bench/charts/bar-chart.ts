// Owns charts of bars: one a line, its name to the left, its value to the right, and a mark that all are held against.
import { linearScale } from './scale.ts'
import { drawing, element, type Frame, text, TOP, WIDTH } from './svg.ts'

export interface Bar {
  readonly name: string
  readonly value: number
  /** What is written to its right. */
  readonly label: string
}

export interface BarChart extends Frame {
  readonly bars: readonly Bar[]
  readonly mark: { readonly value: number; readonly name: string }
}

const LEFT = 220
/** Beyond it are the labels: the mark crosses none. */
const RIGHT = WIDTH - 160
const BAR = 20
const STEP = 32

export function barChart({ title, note, bars, mark }: BarChart): string {
  const scale = linearScale([...bars.map(({ value }) => value), mark.value])
  const across = (value: number) => LEFT + scale.at(value) * (RIGHT - LEFT)
  const drawn = bars.flatMap(({ name, value, label }, i) => {
    const y = TOP + 22 + i * STEP
    return [
      text(LEFT - 10, y + 15, name, { 'text-anchor': 'end' }),
      element('rect', { x: LEFT, y, width: across(value) - LEFT, height: BAR, class: 'bar' }),
      text(WIDTH - 20, y + 15, label, { 'text-anchor': 'end' }),
    ]
  })
  const bottom = TOP + 22 + bars.length * STEP
  const x = across(mark.value)
  const line = element('line', { x1: x, x2: x, y1: TOP + 12, y2: bottom, class: 'mark' })
  const words = text(x, TOP + 6, mark.name, { 'text-anchor': 'middle', class: 'soft' })
  return drawing({ title, note }, bottom + 14, [...drawn, line, words])
}
