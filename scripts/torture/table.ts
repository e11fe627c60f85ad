// Owns the table of verdicts at the end.
import { styleText } from 'node:util'
import { isKept, type RunRecord, type Scenario } from './scenario.ts'

export function printTable(scenarios: readonly Scenario[], records: readonly RunRecord[]): void {
  const head = [
    ['promise', 'scenario', '', 'reached', 'orders', 'lost', 'doubled', 'oversold', 'unexpected'],
    ['recovered', 'effects', 'books', 'controls seen'],
  ].flat()
  const rows = records.map((record) => rowOf(scenarios, record))
  const widths = head.map((text, i) =>
    Math.max(text.length, ...rows.map((row) => row[i]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    row.map((text, i) => text.padEnd(widths[i] ?? 0)).join('  ')
  console.log(`\n${styleText('bold', line(head))}`)
  for (const row of rows) console.log(line(row))
  for (const record of records) {
    const figures = Object.entries(record.most).map(([what, value]) => `${what} ${value}`)
    if (figures.length > 0) console.log(`${record.scenario}: ${figures.join('; ')}`)
    for (const problem of record.problems)
      console.log(`${styleText('red', '✗')} ${record.scenario}: ${problem}`)
    for (const [name, seen] of Object.entries(record.controls))
      if (!seen) console.log(`${styleText('red', '✗')} ${record.scenario}: nobody saw: ${name}`)
  }
}

function rowOf(scenarios: readonly Scenario[], record: RunRecord): string[] {
  const { verdict, controls, counts, interrupted } = record
  const scenario = scenarios.find(({ name }) => name === record.scenario)
  const unit = scenario?.unit ?? ''
  const seen = Object.values(controls).filter(Boolean).length
  const word = isKept(record) ? (interrupted ? 'kept, stopped early' : 'kept') : 'BROKEN'
  return [
    String(record.promise),
    record.scenario,
    word,
    `${counts[unit] ?? 0} ${unit}`,
    ...[verdict.orders, verdict.lost, verdict.doubled, verdict.oversold].map(String),
    ...[verdict.unexpected, verdict.recovered, verdict.effect, verdict.books].map(String),
    `${seen} of ${Object.keys(controls).length}`,
  ]
}
