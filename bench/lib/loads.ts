// Owns the loads that several scenarios share: what wrk asks for, each time with other random numbers.
import type { Bench, Load, Sample, Shop, Target } from './scenario.ts'

const WARM_UP_SECONDS = 2

let seed = 0

/** Orders of 3 lines by random customers. */
export function orders(shop: Shop, connections: number, seconds: number): Load {
  const args = { tokens: shop.tokensFile, products: shop.products, seed: ++seed }
  return { script: 'orders', connections, seconds, args }
}

/**
 * The same in a grown catalogue: 9 of 10 lines are for the 2,000 products that everybody buys, spread over all of
 * them, as what sells in a shop is spread over its years.
 */
export function ordersAsBought(shop: Shop, connections: number, seconds: number): Load {
  const load = orders(shop, connections, seconds)
  return { ...load, args: { ...load.args, often: Math.min(2000, shop.products), share: 0.9 } }
}

/** A product by its id, any of them. */
export function products(shop: Shop, connections: number, seconds: number): Load {
  const args = { tokens: shop.tokensFile, products: shop.products, seed: ++seed }
  return { script: 'product', connections, seconds, args }
}

/** One path, by random customers, or by those in the file. */
export function path(
  shop: Shop,
  address: string,
  connections: number,
  seconds: number,
  tokens: string = shop.tokensFile,
): Load {
  return { script: 'get', connections, seconds, args: { tokens, path: address, seed: ++seed } }
}

/** What is compiled late is compiled before the first repetition. */
export function warmUp(bench: Bench, target: Target, load: Load): Promise<Sample> {
  return bench.drive(target, { ...load, seconds: WARM_UP_SECONDS })
}
