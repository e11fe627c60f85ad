// Shows who must have heard of an order, and from when to when that is counted.
import { expect, it } from 'vitest'
import { hearingOf } from './hearing.ts'

const placed = { orderIds: [1, 2, 3], answeredAt: [1000, 2000, 3000] }
const twoStaff = { isOne: (listener: number) => listener >= 10, howMany: 2 }

function reports(...list: readonly (readonly [number, number, number])[]) {
  return {
    listeners: list.map(([listener]) => listener),
    orderIds: list.map(([, order_id]) => order_id),
    at: list.map(([, , at]) => at),
  }
}

it('counts from the answer to the last who must hear', () => {
  const heard = reports(
    [10, 1, 1005],
    [11, 1, 1040],
    [10, 2, 2001],
    [11, 2, 2000],
    [10, 3, 3001],
    [11, 3, 3002],
  )
  expect(hearingOf(placed, heard, twoStaff)).toEqual({ waits: [40, 1, 2], missed: 0 })
})

it('misses an order of which somebody has not heard, and one of which nobody has', () => {
  const heard = reports([10, 1, 1005], [11, 1, 1006], [10, 2, 2001])
  expect(hearingOf(placed, heard, twoStaff)).toEqual({ waits: [6], missed: 2 })
})

it('does not take one who hears twice for two, nor somebody else for one of them', () => {
  const heard = reports([10, 1, 1005], [10, 1, 1006], [3, 1, 1007])
  expect(hearingOf(placed, heard, twoStaff)).toEqual({ waits: [], missed: 3 })
})

it('takes the first word of an order, and nothing for what came before its answer', () => {
  const heard = reports([10, 1, 990], [11, 1, 995], [10, 1, 9000])
  expect(hearingOf(placed, heard, twoStaff).waits).toEqual([0])
})
