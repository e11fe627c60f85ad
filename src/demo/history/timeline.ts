// Owns how a past order went through its states: plausible times, and never a forbidden step.
import type { Random } from '../random.ts'
import type { Channel, Fulfilment, PastTransition } from '../types.ts'
import { day, hour, minute, shopHour, startOfShopDay, withinHours } from './shop-clock.ts'

export interface OrderStart {
  created_at: number
  channel: Channel
  fulfilment: Fulfilment
}

interface Step {
  to: PastTransition['to']
  at: number
}

const second = 1000

/** All steps up to completion, in time order, whether or not they lie in the past. */
export function planCompletion(random: Random, start: OrderStart): Step[] {
  if (start.channel === 'counter') return counterSale(random, start.created_at)
  const confirmed = confirmedAt(random, start.created_at)
  if (start.fulfilment === 'delivery') {
    const shipped = shippedAt(random, confirmed)
    const delivered = whenOpen(random, shipped + random.between(5, 20) * hour, 9, 21)
    return steps(['confirmed', confirmed], ['shipped', shipped], ['completed', delivered])
  }
  const ready = whenOpen(random, confirmed + random.int(20, 90) * minute, 10, 21.5)
  const collected = whenOpen(random, ready + random.between(1, 24) * hour, 10, 21)
  return steps(['confirmed', confirmed], ['ready', ready], ['completed', collected])
}

/** The same order given up before it was shipped or handed over. */
export function planCancellation(random: Random, start: OrderStart): Step[] {
  const completion = planCompletion(random, start)
  const last = completion.findIndex(({ to }) => to === 'shipped' || to === 'completed')
  const kept = completion.slice(0, random.int(0, last))
  const from = kept.at(-1)?.at ?? start.created_at
  const until = completion[kept.length]?.at ?? from + hour
  return [...kept, { to: 'cancelled', at: between(random, from, Math.min(until, from + 6 * hour)) }]
}

function counterSale(random: Random, createdAt: number): Step[] {
  const confirmed = createdAt + random.int(2, 8) * second
  const ready = confirmed + random.int(2, 15) * second
  const completed = ready + random.int(10, 60) * second
  return steps(['confirmed', confirmed], ['ready', ready], ['completed', completed])
}

/** Within half an hour while the shop is staffed, otherwise first thing in the morning. */
function confirmedAt(random: Random, createdAt: number): number {
  const opening = withinHours(createdAt, 9, 21.5)
  const delay = opening === createdAt ? random.int(5, 30) : random.int(0, 40)
  return Math.floor(opening + delay * minute + random.int(0, 59) * second)
}

/** The courier comes until a quarter to six; what is confirmed after four goes the next day. */
function shippedAt(random: Random, confirmed: number): number {
  const today = startOfShopDay(confirmed)
  return shopHour(confirmed) < 16
    ? between(random, Math.max(confirmed + 30 * minute, today + 10 * hour), today + 17.75 * hour)
    : between(random, today + day + 10 * hour, today + day + 15 * hour)
}

/** What would happen outside the hours happens some time after the next opening. */
function whenOpen(random: Random, at: number, opens: number, closes: number): number {
  const open = withinHours(at, opens, closes)
  return open === at ? at : open + random.between(2, 80) * minute
}

const between = (random: Random, from: number, until: number) =>
  Math.floor(from + (until - from) * random.between(0.05, 0.95))

const steps = (...pairs: [to: Step['to'], at: number][]): Step[] =>
  pairs.map(([to, at]) => ({ to, at: Math.floor(at) }))
