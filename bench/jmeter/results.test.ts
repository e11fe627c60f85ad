// Shows how JMeter's file becomes figures.
import { expect, it } from 'vitest'
import { figuresOf, parseResults } from './results.ts'

const HEAD = 'timeStamp,elapsed,label,responseCode,responseMessage,success,failureMessage,bytes'
const CSV = [
  HEAD,
  '1,10,order,201,Created,true,,829',
  '2,30,order,201,Created,true,,829',
  '3,20,log out,200,OK,false,"Test failed: text expected to contain /""status"",/",756',
  '4,5,order,503,Service Unavailable,false,,100',
].join('\n')

it('reads what JMeter wrote, with commas and quotes in failures', () => {
  expect(parseResults(CSV).map(({ failure }) => failure)).toEqual([
    null,
    null,
    'Test failed: text expected to contain /"status",/',
    'answered 503',
  ])
  expect(() => parseResults('a,b\n1,2')).toThrow('no results')
})

it('adds up by request', () => {
  expect(figuresOf(parseResults(CSV))).toEqual([
    { label: 'order', count: 3, failed: 1, p50_ms: 10, p95_ms: 30, max_ms: 30 },
    { label: 'log out', count: 1, failed: 1, p50_ms: 20, p95_ms: 20, max_ms: 20 },
  ])
})
