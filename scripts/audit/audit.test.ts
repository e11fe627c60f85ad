// Shows that the audit sees what is wrong, and takes no silence for a good answer.
import { describe, expect, test } from 'vitest'
import { readAdvice } from './advisories.ts'
import { integrityProblems, isFree, licenceProblems } from './licences.ts'
import { packagesOf } from './lock.ts'
import { missingFrom, shippedBill } from './sbom.ts'

const integrity = 'sha512-abc'
const lock = (entries: Parameters<typeof packagesOf>[0]['packages']) =>
  packagesOf({ packages: { '': { version: '1.0.0' }, ...entries } })

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['MIT AND Apache-2.0', true],
  ['MIT AND GPL-3.0-only', false],
  ['GPL-3.0-only', false],
  ['MPL-2.0', false],
  ['SEE LICENSE IN LICENSE', false],
  ['', false],
])('%s may be shipped: %s', (expression, free) => expect(isFree(expression)).toBe(free))

test('what is only run to build may have a few more licences; none is a finding', () => {
  const packages = lock({
    'node_modules/a': { version: '1.0.0', license: 'MPL-2.0', integrity },
    'node_modules/b': { version: '1.0.0', license: 'MPL-2.0', dev: true, integrity },
    'node_modules/c': { version: '1.0.0', dev: true, integrity },
    'node_modules/@x/d': { version: '2.0.0', license: 'MIT' },
  })
  expect(licenceProblems(packages)).toEqual([
    'a 1.0.0 (shipped): MPL-2.0',
    'c 1.0.0: no licence in the lock file',
  ])
  expect(integrityProblems(packages)).toEqual(['@x/d 2.0.0: no SHA-512 in the lock file'])
})

describe('the registry’s answer', () => {
  test('tells holes, and that there are none', () => {
    const hole = { name: 'a', severity: 'high', range: '<2', via: [{ title: 'runs code' }, 'b'] }
    expect(readAdvice(JSON.stringify({ vulnerabilities: { a: hole } }))).toEqual({
      asked: true,
      holes: ['a <2: high, runs code; b'],
    })
    expect(readAdvice('{"vulnerabilities":{}}')).toEqual({ asked: true, holes: [] })
  })

  test.each([
    ['', 'npm audit gave no answer'],
    ['npm error it broke', 'npm audit gave no answer'],
    ['npm error\n{"message":"405","statusCode":405,"error":{"summary":""}}', 'answers 405'],
    ['{"error":{"code":"ENOTFOUND","summary":""}}', 'ENOTFOUND'],
    ['{}', 'not reached'],
  ])('that is none (%j) is said, and is no good one', (text, reason) => {
    const advice = readAdvice(text)
    expect(advice).toEqual({ asked: false, reason: expect.stringContaining(reason) })
  })
})

test('a bill of materials has every package that is shipped, and no other', () => {
  const packages = lock({
    'node_modules/a': { version: '1.0.0', license: 'MIT', integrity },
    'node_modules/@x/b': { version: '2.0.0', license: 'MIT', integrity },
    'node_modules/c': { version: '3.0.0', license: 'MIT', dev: true, integrity },
  })
  const component = (ref: string, purl: string) => ({ 'bom-ref': ref, purl })
  const all = {
    bomFormat: 'CycloneDX',
    components: [
      component('a', 'pkg:npm/a@1.0.0'),
      component('b', 'pkg:npm/%40x/b@2.0.0?vcs_url=x'),
      component('c', 'pkg:npm/c@3.0.0'),
    ],
    dependencies: [
      { ref: 'shop', dependsOn: ['a', 'c'] },
      { ref: 'a', dependsOn: ['b', 'c'] },
      { ref: 'c', dependsOn: ['a'] },
    ],
  }
  const bill = shippedBill(all, packages)
  expect(bill.components?.map((each) => each['bom-ref'])).toEqual(['a', 'b'])
  expect(bill.dependencies).toEqual([
    { ref: 'shop', dependsOn: ['a'] },
    { ref: 'a', dependsOn: ['b'] },
  ])
  expect(missingFrom(bill, packages)).toEqual([])
  const less = { ...bill, components: all.components.slice(0, 1) }
  expect(missingFrom(less, packages)).toEqual(['pkg:npm/@x/b@2.0.0'])
  expect(missingFrom({}, packages)).toEqual(['it is not CycloneDX'])
})
