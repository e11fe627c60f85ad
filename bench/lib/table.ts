// Owns how figures look in a terminal: one line a row, goals beside their figures.
import { styleText } from 'node:util'
import type { Result } from './results.ts'
import type { GoalOutcome, RowSummary } from './statistics.ts'

const HEADINGS = [
  'figure',
  'per s',
  'min–max',
  'ratio',
  'p50',
  'p95',
  'p99 ms',
  'refused',
  'failed',
  'CPU s',
  'µs each',
  'MiB',
]

export function showResult(result: Result): string {
  const { scenario, question, rows, goals, notes } = result
  const table = align([HEADINGS, ...rows.map(cellsOf)])
  const more = rows.flatMap((row) => {
    const pairs = Object.entries(row.more).map(([name, value]) => `${name} ${number(value)}`)
    return pairs.length === 0 ? [] : [`  ${row.name}: ${pairs.join(', ')}`]
  })
  const against = [...new Set(rows.flatMap((row) => row.against?.name ?? []))]
  const ratios = against.length === 0 ? [] : [`  ratio: to ${against.join(', ')}`]
  return [
    `${styleText('bold', scenario)}: ${question}`,
    ...table.map((line) => `  ${line}`),
    ...more,
    ...ratios,
    ...goals.map((goal) => `  ${showGoal(goal)}`),
    ...notes.map((note) => `  ${note}`),
    `  ${showMachine(result)}`,
    '',
  ].join('\n')
}

function showMachine({ machine, rows }: Result): string {
  const { cpus, model, memory_mib, node, commit, changed } = machine
  const code = commit === null ? '' : `, commit ${commit}${changed ? ' with changes' : ''}`
  const known = rows.map((row) => row.others_cpu).filter((value) => value !== null)
  const others =
    known.length === 0
      ? ''
      : `; other programs took up to ${number(Math.max(...known))} processors of it`
  return `on ${cpus} × ${model}, ${number(memory_mib)} MiB, Node ${node}${code}${others}`
}

function cellsOf(row: RowSummary): string[] {
  const { rate, samples } = row
  const optional = (value: number | null) => (value === null ? '' : number(value))
  return [
    `${row.name} (${row.unit})`,
    number(rate.median),
    samples.length > 1 ? `${number(rate.min)}–${number(rate.max)}` : '',
    row.ratio === null ? '' : `${number(row.ratio * 100)} %`,
    optional(row.p50_ms),
    optional(row.p95_ms),
    optional(row.p99_ms),
    number(row.refused),
    number(row.failed),
    optional(row.cpu_s),
    optional(row.cpu_us_each),
    optional(row.peak_mib),
  ]
}

function showGoal({ row, of, least, most, stretch, value, met, stretch_met }: GoalOutcome): string {
  const sign = least === undefined ? '≤' : '≥'
  const words = [`${row}: ${of} ${sign} ${number(least ?? most ?? 0)}`]
  if (stretch !== undefined) words.push(`(stretch ${number(stretch)})`)
  if (value === null) words.push('– not measured')
  else words.push(`– ${number(value)},`, met ? 'met' : 'not met')
  if (met && stretch_met === true) words.push('with the stretch')
  return `${met ? styleText('green', '✓') : styleText('red', '✗')} ${words.join(' ')}`
}

/** Three figures are as many as a measurement has. */
export function number(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) {
    return Math.round(value).toLocaleString('en')
  }
  return String(Number(value.toPrecision(3)))
}

/** The first column to the left, figures to the right. */
function align(lines: readonly string[][]): string[] {
  const width = (i: number) => Math.max(...lines.map((cells) => cells[i]?.length ?? 0))
  return lines.map((cells) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(width(i)) : cell.padStart(width(i))))
      .join('  ')
      .trimEnd(),
  )
}
