// Shows how a result reads in a terminal.
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { judge, summarize } from './statistics.ts'
import { number, showResult } from './table.ts'

test.each([
  [0, '0'],
  [12_345.678, '12,346'],
  [100.4, '100'],
  [99.96, '100'],
  [9.876, '9.88'],
  [0.012_345, '0.0123'],
  [Infinity, '∞'],
])('%d reads %s', (value, text) => {
  expect(number(value)).toBe(text)
})

test('a table has its figures, their ratio, and goals beside them', () => {
  const rows = [
    summarize({
      name: '64 connections',
      unit: 'orders',
      samples: [
        { count: 100, seconds: 1, rate: 100, p99_ms: 30, cpu_s: 0.5, others_cpu: 0.25 },
        { count: 300, seconds: 1, rate: 300, p99_ms: 10, refused: 7, more: { backlog_left: 3 } },
      ],
      against: { name: 'a bare server', samples: [{ count: 400, seconds: 1, rate: 400 }] },
    }),
  ]
  const goals = [
    { row: '64 connections', of: 'rate', least: 150, stretch: 200 },
    { row: '64 connections', of: 'p99_ms', most: 5 },
    { row: '64 connections', of: 'rate', least: 150, stretch: 250 },
    { row: 'another', of: 'rate', least: 1 },
  ].map((goal) => judge(goal, rows))
  const text = stripVTControlCharacters(
    showResult({
      scenario: 'orders',
      question: 'How many?',
      at: '2026-01-01T00:00:00.000Z',
      machine: {
        cpus: 2,
        model: 'Chip',
        memory_mib: 4096,
        node: '26.0.0',
        sqlite: '3.53.0',
        commit: 'abc',
        changed: true,
        load: 0,
      },
      settings: {},
      rows,
      goals,
      series: {},
      notes: ['A note.'],
    }),
  )
  const [title, , line] = text.split('\n')
  expect(title).toBe('orders: How many?')
  expect(line).toMatch(/^ {2}64 connections \(orders\) +200 +100–300 +50 % +20 +7 +0 +0\.5 +5,000$/)
  expect(text).toContain('64 connections: backlog_left 3\n')
  expect(text).toContain('ratio: to a bare server\n')
  expect(text).toContain('✓ 64 connections: rate ≥ 150 (stretch 200) – 200, met with the stretch\n')
  expect(text).toContain('✓ 64 connections: rate ≥ 150 (stretch 250) – 200, met\n')
  expect(text).toContain('✗ 64 connections: p99_ms ≤ 5 – 20, not met\n')
  expect(text).toContain('✗ another: rate ≥ 1 – not measured\n')
  expect(text).toContain('commit abc with changes; other programs took up to 0.25 processors')
})
