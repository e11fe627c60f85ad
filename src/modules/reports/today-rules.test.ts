// Shows what today is compared with: the same weekday, the same time on the wall, also when clocks are changed.
import { expect, test } from 'vitest'
import { sameTimeLastWeek } from './today-rules.ts'

const compared = (now: string, zone: string) => {
  const { from, to } = sameTimeLastWeek(Date.parse(now), zone)
  return [new Date(from).toISOString(), new Date(to).toISOString()]
}

test('a week ago, from midnight to now', () => {
  expect(compared('2026-01-15T04:30:00.500Z', 'Asia/Shanghai')).toEqual([
    '2026-01-07T16:00:00.000Z',
    '2026-01-08T04:30:00.500Z',
  ])
  expect(compared('2026-01-14T16:00:00.000Z', 'Asia/Shanghai')).toEqual([
    '2026-01-07T16:00:00.000Z',
    '2026-01-07T16:00:00.000Z',
  ])
})

test('the clock was set forward in between', () => {
  expect(compared('2026-03-31T10:00:00Z', 'Europe/Berlin')).toEqual([
    '2026-03-23T23:00:00.000Z',
    '2026-03-24T11:00:00.000Z',
  ])
})

test('that day itself had 23 hours', () => {
  expect(compared('2026-04-05T10:00:00Z', 'Europe/Berlin')).toEqual([
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T10:00:00.000Z',
  ])
})

test('west of Greenwich the day begins later', () => {
  expect(compared('2026-01-15T04:30:00Z', 'America/New_York')).toEqual([
    '2026-01-07T05:00:00.000Z',
    '2026-01-08T04:30:00.000Z',
  ])
})
