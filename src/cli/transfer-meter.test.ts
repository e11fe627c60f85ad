// Shows what people see of a transfer under way.
import { expect, test } from 'vitest'
import { createMeter } from './transfer-meter.ts'

function terminal(isTTY: boolean) {
  const written: string[] = []
  return { isTTY, written, write: (text: string) => written.push(text) }
}

const step = (doing: 'copy' | 'compare', rows: number) => ({
  doing,
  table: 'orders',
  rows,
  total: 100,
})

test('on a terminal one line is overwritten, and each part of the work leaves its last one', () => {
  const tty = terminal(true)
  const meter = createMeter(tty)
  // An earlier run has copied 40: they say nothing about the speed.
  for (const rows of [40, 41, 42, 100]) meter.show(step('copy', rows))
  meter.show(step('compare', 50))
  meter.end()
  const lines = tty.written.map((text) => text.replace('\r\u001b[K', ''))
  expect(lines).not.toEqual(tty.written)
  expect(lines).toEqual([
    expect.stringMatching(/^\[█+░+\] {2}40 % {2}copying orders 40\/100 {2}0 rows\/s$/),
    expect.stringMatching(/copying orders 100\/100 {2}\d+ rows\/s {2}0:00 left$/),
    '\n',
    expect.stringMatching(/comparing orders 50\/100/),
    '\n',
  ])
})

test('elsewhere it is a whole line now and then', () => {
  const log = terminal(false)
  const meter = createMeter(log)
  for (const rows of [0, 1, 2, 99, 100]) meter.show(step('copy', rows))
  meter.end()
  expect(log.written).toHaveLength(2)
  expect(log.written.join('')).toMatch(/^\[░+\] {3}0 % .*\n\[█+\] 100 % .* left\n$/)
})
