// Owns what goes into a past order; what has not left the shop never eats into what is left to sell.
import { hashText } from '../random.ts'
import type { Random } from '../random.ts'
import type { DemoCustomer, DemoProduct, PastOrderLine } from '../types.ts'
import { day } from './shop-clock.ts'

export interface Baskets {
  /** `leaves`: the goods are out of the shop today, so the order takes nothing from the stock. */
  fill(customer: number, at: number, leaves: boolean): PastOrderLine[]
}

type Shopper = Pick<DemoCustomer, 'pets'>

const lineCounts = [44, 30, 16, 7, 3]
const favouriteCount = 6

export function createBaskets(
  random: Random,
  products: readonly DemoProduct[],
  customers: readonly Shopper[],
  now: number,
): Baskets {
  const lastSale = products.map((product) => lastSaleOf(product, now))
  // Open and cancelled orders together stay within this, so stock left to sell never falls below
  // the threshold, and a plenty product is still plenty whatever order of events is replayed.
  const spare = products.map(({ on_hand, low_stock_threshold }) =>
    Math.max(0, on_hand - low_stock_threshold - 1),
  )
  const tastes = customers.map((customer) => products.map((product) => taste(customer, product)))
  const favourites = tastes.map((weights) =>
    Array.from({ length: favouriteCount }, () => random.weightedIndex(weights)),
  )

  const limit = (product: number, at: number, leaves: boolean) => {
    if (at > (lastSale[product] ?? 0)) return 0
    return leaves ? Number.POSITIVE_INFINITY : (spare[product] ?? 0)
  }

  const choose = (customer: number, allowed: (product: number) => boolean) => {
    const favourite = random.pick(favourites[customer] ?? [-1])
    if (favourite >= 0 && random.chance(0.45) && allowed(favourite)) return favourite
    const weights = (tastes[customer] ?? []).map((weight, product) =>
      allowed(product) ? weight : 0,
    )
    return random.weightedIndex(weights)
  }

  return {
    fill(customer, at, leaves) {
      const lines: PastOrderLine[] = []
      const wanted = random.weightedIndex(lineCounts) + 1
      while (lines.length < wanted) {
        const product = choose(
          customer,
          (candidate) =>
            limit(candidate, at, leaves) > 0 && !lines.some((line) => line.product === candidate),
        )
        const chosen = products[product]
        if (!chosen) break
        const quantity = Math.min(quantityOf(random, chosen), limit(product, at, leaves))
        if (!leaves) spare[product] = (spare[product] ?? 0) - quantity
        lines.push({ product, quantity })
      }
      return lines
    },
  }
}

/** What is sold out today sold its last piece one to six days ago. */
function lastSaleOf(product: DemoProduct, now: number): number {
  if (product.on_hand > 0) return now
  return now - day * (1 + (hashText(product.sku) % 500) / 100)
}

function taste({ pets }: Shopper, { popularity, species }: DemoProduct): number {
  const fit = species === 'any' ? 0.9 : pets.includes(species) ? 2.2 : 0.06
  return popularity ** 1.2 * fit
}

function quantityOf(random: Random, { price_cents }: DemoProduct): number {
  if (price_cents < 1_500 && random.chance(0.4)) return random.int(2, 6)
  return random.weightedIndex([0, 80, 16, 4])
}
