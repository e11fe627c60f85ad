// Owns recording a shop at work: real orders over HTTP to the real program, every write and sync written down.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '../../src/demo/random.ts'
import { databasePath } from '../../src/platform/db/store.ts'
import { makeStage, placeOrder } from '../../tests/support/load.ts'
import { startShop } from '../shop-process.ts'

export interface Recording {
  readonly trace: string
  readonly database: string
  /** The database as it stood before. */
  readonly before: string
  readonly answered: number
}

export interface RecordOptions {
  /** Empty. */
  readonly folder: string
  readonly orders: number
  readonly seed: number
  /** `normal`: SQLite syncs only when it moves its log into the file; the shop never runs like that. */
  readonly synchronous: 'full' | 'normal'
}

const BUYERS = 4

export async function recordShop(options: RecordOptions): Promise<Recording> {
  const { folder, orders, seed, synchronous } = options
  const dataDir = join(folder, 'data')
  const stage = await makeStage(dataDir, { buyers: BUYERS, onHand: [1e6, 1e6, 1e6, 1e6] })
  const [database, before] = [databasePath(dataDir), join(folder, 'before.db')]
  copyFileSync(database, before)
  const trace = join(folder, 'trace')
  const traced = 'trace=pwrite64,ftruncate,fsync,fdatasync,write,writev'
  const normal = ['--import', join(import.meta.dirname, 'normal.ts')]
  const shop = await startShop(dataDir, {
    through: [
      ...['strace', '-f', '--seccomp-bpf', '-qq', '-y', '-xx', '-s', '70000'],
      ...['-e', traced, '-e', 'signal=none', '-o', trace],
    ],
    node: synchronous === 'normal' ? normal : [],
    env: { PETSHOP_LOG_LEVEL: 'error' },
  })
  const random = createRandom(seed)
  const url = `http://127.0.0.1:${shop.port}`
  let [sent, answered] = [0, 0]
  await Promise.all(
    stage.buyers.map(async (buyer) => {
      while (sent++ < orders) {
        const items = stage.products
          .filter((_, i) => i === 0 || random.chance(0.4))
          .map((product_id) => ({ product_id, quantity: random.int(1, 5) }))
        const outcome = await placeOrder(url, buyer, items)
        if (outcome !== 'unknown' && outcome.status === 201) answered++
      }
    }),
  )
  await shop.kill()
  return { trace, database, before, answered }
}
