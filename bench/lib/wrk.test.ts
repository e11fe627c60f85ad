// Shows how wrk's report becomes a sample: what was done, what was refused, what failed.
import { expect, test } from 'vitest'
import { parseWrk, toSample, type WrkReport } from './wrk.ts'

const OUTPUT = `Running 6s test @ http://127.0.0.1:20123
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     2.05ms    1.01ms  30.10ms   90.12%
  12345 requests in 6.00s, 3.31MB read
Requests/sec:   2057.50
Transfer/sec:    564.93KB
WRK {"requests":12345,"seconds":6.0001,"p50_ms":1.900,"p95_ms":4.100,"p99_ms":9.900,"max_ms":30.100,"non2xx":0,"broken":0}
`
const report: WrkReport = {
  requests: 1000,
  seconds: 2,
  p50_ms: 1,
  p95_ms: 2,
  p99_ms: 3,
  max_ms: 4,
  non2xx: 0,
  broken: 0,
}

test("the report is found among wrk's own words", () => {
  expect(parseWrk(OUTPUT)).toEqual({
    requests: 12345,
    seconds: 6.0001,
    p50_ms: 1.9,
    p95_ms: 4.1,
    p99_ms: 9.9,
    max_ms: 30.1,
    non2xx: 0,
    broken: 0,
  })
})

test('without a report its last words are the error', () => {
  expect(() => parseWrk('unable to connect to 127.0.0.1:1 Connection refused\n')).toThrow(
    'Connection refused',
  )
})

test('what is answered with a failure is not done, and a rate counts what is done', () => {
  expect(toSample({ ...report, non2xx: 300, broken: 7 }, 200)).toMatchObject({
    count: 700,
    rate: 350,
    refused: 200,
    failed: 107,
    p99_ms: 3,
  })
})

test('what others were refused meanwhile is not ours', () => {
  expect(toSample({ ...report, non2xx: 10 }, 500)).toMatchObject({ refused: 10, failed: 0 })
})

test('a run that had no time has no rate', () => {
  expect(toSample({ ...report, requests: 0, seconds: 0 }, 0).rate).toBe(0)
})
