// Shows how long sessions live.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ROLES } from '../../lib/roles.ts'
import { deviceTraits, isAlive, isTouchDue, lastEnd, sessionEnd } from './sessions-rules.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

test('customers stay for thirty idle days and half a year; staff for twelve idle hours and a week', () => {
  const times = { created_at: 0, last_seen_at: 0 }
  expect(sessionEnd('customer', times)).toBe(30 * DAY)
  expect(lastEnd('customer', 0)).toBe(180 * DAY)
  for (const role of ['clerk', 'manager', 'owner'] as const) {
    expect(sessionEnd(role, times)).toBe(12 * HOUR)
    expect(lastEnd(role, 0)).toBe(7 * DAY)
  }
})

test('however it is used, a session ends at its absolute end', () => {
  const role = fc.constantFrom(...ROLES)
  const pauses = fc.array(fc.nat(40 * DAY), { maxLength: 50 })
  fc.assert(
    fc.property(role, pauses, (role, pauses) => {
      let now = 0
      let times = { created_at: 0, last_seen_at: 0 }
      for (const pause of pauses) {
        now += pause
        if (!isAlive(role, times, now)) break
        expect(now).toBeLessThan(lastEnd(role, 0))
        expect(pause).toBeLessThan(sessionEnd(role, { created_at: now, last_seen_at: 0 }))
        times = { ...times, last_seen_at: now }
      }
    }),
  )
})

test('the last use is written once a minute; a clock set back changes nothing', () => {
  const times = { created_at: 0, last_seen_at: HOUR }
  expect(isTouchDue(times, HOUR + 59_999)).toBe(false)
  expect(isTouchDue(times, HOUR + 60_000)).toBe(true)
  expect(isTouchDue(times, 0)).toBe(false)
  expect(isAlive('owner', times, 0)).toBe(true)
})

test('an updated browser is the same device, another browser is not', () => {
  const chrome = (version: string) =>
    `Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/${version} Safari/537.36`
  expect(deviceTraits(chrome('141.0.0.0'))).toBe(deviceTraits(chrome('142.0.1.0')))
  expect(deviceTraits(chrome('141.0.0.0'))).not.toBe(deviceTraits('curl/8.1.2'))
})
