// Shows that the plan needs no newer JMeter than 2.13, and takes no answer on trust.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const plan = readFileSync(join(import.meta.dirname, 'petshop.jmx'), 'utf8')

/** What JMeter 2.13 knows, of what a visit needs; extractors and assertions for JSON came later. */
const KNOWN = new Set([
  'Arguments',
  'ConfigTestElement',
  'ConstantTimer',
  'GenericController',
  'HTTPSamplerProxy',
  'HeaderManager',
  'IfController',
  'OnceOnlyController',
  'RegexExtractor',
  'ResponseAssertion',
  'TestPlan',
  'ThreadGroup',
  'UserParameters',
])

it('uses only elements that JMeter 2.13 knows', () => {
  const used = [...plan.matchAll(/testclass="(\w+)"/g)].map(([, name]) => name ?? '')
  expect(used.length).toBeGreaterThan(30)
  expect(used.filter((name) => !KNOWN.has(name))).toEqual([])
})

it('asserts status and JSON of every request', () => {
  const requests = plan.split('<HTTPSamplerProxy').slice(1)
  expect(requests.length).toBeGreaterThan(8)
  for (const request of requests) {
    expect(request).toContain('Assertion.response_code')
    expect(request).toContain('&quot;status&quot;:&quot;success&quot;')
  }
})
