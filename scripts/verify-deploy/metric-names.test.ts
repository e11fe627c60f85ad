// Shows that a query's metrics and labels are seen, and that one which there isn't is a problem.
import { expect, test } from 'vitest'
import { metricNames, problemsOfQuery, selectors } from './metric-names.ts'

test('metrics are told from functions, labels, words and durations', () => {
  const query = `histogram_quantile(0.99, sum by (le, route) (rate(a_bucket{route!="x(y)", job="b"}[5m])))
    and on (instance) up > 0 unless vector(1) or -1 * max_over_time(petshop:rule:max[1h:1m] offset 5m)`
  expect(selectors(query)).toEqual([
    { name: 'a_bucket', labels: ['route', 'job'] },
    { name: 'up', labels: [] },
    { name: 'petshop:rule:max', labels: [] },
  ])
})

test('a metric of the program is known with its labels, and what there is not is named', async () => {
  const names = await metricNames('      - record: petshop:one:rate5m\n')
  const problems = (query: string) => problemsOfQuery(query, names)
  expect(names.own).toBeGreaterThan(40)
  expect(problems('rate(petshop_orders_refused_total{reason="X",instance="a"}[5m])')).toEqual([])
  expect(problems('petshop_http_request_seconds_bucket{le="1"} / petshop:one:rate5m')).toEqual([])
  expect(problems('nodejs_gc_duration_seconds_sum{kind="major"} + petshop_redis_up')).toEqual([])
  expect(problems('petshop_orders_refused{reason="X"}')).toEqual([
    'no metric petshop_orders_refused',
  ])
  expect(problems('petshop_orders_placed_total{reason="X"}')).toEqual([
    'petshop_orders_placed_total has no label reason',
  ])
  expect(problems('petshop_http_request_seconds')).toEqual([
    'no metric petshop_http_request_seconds',
  ])
})
