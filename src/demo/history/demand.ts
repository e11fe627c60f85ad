// Owns when the demo's customers order: by weekday, by hour, on the web and at the counter.
import type { Random } from '../random.ts'
import type { Channel } from '../types.ts'
import { day, hour, minute, shopWeekday, startOfShopDay } from './shop-clock.ts'

export interface Demand {
  at: number
  channel: Channel
}

const webShare = 0.62

/** One weight per hour of the shop's day: lunch break and late evening on the web … */
const webHours = [1, 0.5, 0, 0, 0, 0, 0.5, 2, 4, 5, 6, 6, 8, 6, 4, 4, 5, 6, 7, 9, 11, 11, 8, 4]
/** … and between ten in the morning and nine in the evening at the counter. */
const counterHours = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 5, 4, 4, 5, 6, 6, 8, 9, 8, 5, 0, 0, 0]

/** In time order, from `from` until a minute before `now`. */
export function listDemand(random: Random, from: number, now: number): Demand[] {
  const demand: Demand[] = []
  for (let midnight = startOfShopDay(from); midnight < now; midnight += day) {
    const count = ordersOn(random, midnight, (midnight - from) / (now - from))
    for (let order = 0; order < count; order += 1) demand.push(oneOrder(random, midnight))
  }
  return demand
    .filter(({ at }) => at >= from && at <= now - minute)
    .sort((one, other) => one.at - other.at)
}

/** Weekends are busier, and the shop grows a little over the weeks. */
function ordersOn(random: Random, midnight: number, progress: number): number {
  const weekday = shopWeekday(midnight)
  const weekend = weekday === 0 || weekday === 6
  return (weekend ? random.int(19, 25) : random.int(13, 17)) + Math.round(2 * progress)
}

function oneOrder(random: Random, midnight: number): Demand {
  const channel: Channel = random.chance(webShare) ? 'web' : 'counter'
  const hourOfDay = random.weightedIndex(channel === 'web' ? webHours : counterHours)
  return { at: midnight + hourOfDay * hour + random.int(0, hour - 1), channel }
}
