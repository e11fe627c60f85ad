// Owns the grown shop that growth is measured with: made once, through the shop's own actions, and kept if asked to.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { LargeShop as Making } from '../transfer-shop.ts'
import { guardFolder, runProcess } from './processes.ts'
import type { Bench } from './scenario.ts'

export interface LargeShop {
  /** For `ShopOptions.from`; its product ids are 1 to `products`. */
  readonly dataDir: string
  readonly products: number
  readonly orders: number
  /** How it was made, in words. */
  readonly how: string
}

const CUSTOMERS = 1000
const LONGEST_SECONDS = 3 * 3600

export async function largeShop(bench: Bench): Promise<LargeShop> {
  const { cacheDir, largeOrders: orders, largeProducts: products } = bench.options
  const place = cacheDir ?? bench.folder
  const dataDir = join(place, `shop-${orders}-orders-${products}-products`)
  const note = join(dataDir, 'made.txt')
  if (!existsSync(note))
    await make(bench, { dataDir, orders, products, customers: CUSTOMERS }, note)
  return { dataDir, products, orders, how: readFileSync(note, 'utf8') }
}

/** Under another name until it is whole: a run that is interrupted leaves nothing that looks finished. */
async function make(bench: Bench, shop: Making, note: string): Promise<void> {
  const making = `${shop.dataDir}.making`
  for (const folder of [making, shop.dataDir]) rmSync(folder, { recursive: true, force: true })
  mkdirSync(making, { recursive: true })
  const guard = guardFolder(making)
  bench.onEnd(() => guard.remove())
  bench.say(`${shop.orders} orders are made; this takes a while`)
  const begin = performance.now()
  const task: Making = { ...shop, dataDir: making }
  const program = join(import.meta.dirname, 'large-process.ts')
  await runProcess(process.execPath, [program, JSON.stringify(task)], { seconds: LONGEST_SECONDS })
  const seconds = Math.round((performance.now() - begin) / 1000)
  const mib = Math.round(statSync(join(making, 'petshop.db')).size / 1024 / 1024)
  renameSync(making, shop.dataDir)
  writeFileSync(note, inWords(shop, seconds, mib))
}

function inWords({ orders, products, customers }: Making, seconds: number, mib: number): string {
  return (
    `${orders} orders of 1 to 3 lines, ${products} products and ${customers} customers, placed and consumed ` +
    `through the shop's own actions with synchronous=OFF: ${seconds} s, ${mib} MiB. ` +
    `All orders are of one day, and no event is old enough to be forgotten.`
  )
}
