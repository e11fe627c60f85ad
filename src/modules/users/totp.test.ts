// Shows codes against the vectors of RFC 6238 and RFC 4226, and that each counts once and not for long.
import { expect, test } from 'vitest'
import { recoveryCode } from './second-factor-rules.ts'
import { codeAt, keyUri, newSecret, stepAt, stepOf } from './totp.ts'

/** `12345678901234567890` in base32: the secret of both RFCs' examples. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test('the codes of RFC 6238 (its last six digits) and of RFC 4226', () => {
  const vectors = [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ] as const
  for (const [seconds, code] of vectors) expect(codeAt(SECRET, stepAt(seconds * 1000))).toBe(code)
  expect([0, 1, 2, 3].map((counter) => codeAt(SECRET, counter))).toEqual([
    '755224',
    '287082',
    '359152',
    '969429',
  ])
})

test('the step before and the one after count, no other, and none twice', () => {
  const now = 1_800_000_000_000
  const step = stepAt(now)
  const at = (offset: number) => stepOf(SECRET, codeAt(SECRET, step + offset), now, 0)
  expect([-2, -1, 0, 1, 2].map(at)).toEqual([null, step - 1, step, step + 1, null])
  expect(stepOf(SECRET, codeAt(SECRET, step), now, step)).toBeNull()
  expect(stepOf(SECRET, codeAt(SECRET, step - 1), now, step)).toBeNull()
  expect(stepOf(SECRET, codeAt(SECRET, step + 1), now, step)).toBe(step + 1)
})

test('secrets are 160 random bits, and the address names shop and person', () => {
  const secret = newSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(newSecret()).not.toBe(secret)
  const uri = new URL(keyUri(secret, '小王:1', '毛球 & 朋友'))
  expect(decodeURIComponent(uri.pathname)).toContain('毛球 & 朋友:小王 1')
  expect(uri.searchParams.get('secret')).toBe(secret)
  expect(uri.searchParams.get('issuer')).toBe('毛球 & 朋友')
})

test('recovery codes have 118 random bits at least', () => {
  let bits = 0
  recoveryCode((below) => {
    bits += Math.log2(below)
    return 0
  })
  expect(bits).toBeGreaterThanOrEqual(118)
})
