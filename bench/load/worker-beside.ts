// Owns the background work as a process of its own beside a shop that is served without it: `petshop worker`.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Owned, startProcess, waitFor } from '../lib/processes.ts'
import type { Bench, Shop } from '../lib/scenario.ts'

const HERE = resolve(import.meta.dirname, '../..')
const START_SECONDS = 60

const roots = new WeakMap<Shop, string>()
let workers = 0

/** For shops of another checkout: their worker is of the same. */
export function rememberRoot(shop: Shop, root: string): void {
  roots.set(shop, root)
}

export function rootOf(shop: Shop): string {
  return roots.get(shop) ?? HERE
}

/** Resolves when it works. @param env the shop's own settings */
export async function startWorkerBeside(
  bench: Pick<Bench, 'folder' | 'onEnd'>,
  shop: Shop,
  env: Readonly<Record<string, string>> = {},
): Promise<Owned> {
  const logFile = join(bench.folder, `worker-${++workers}.log`)
  const worker = startProcess(process.execPath, [join(rootOf(shop), 'src/main.js'), 'worker'], {
    env: { PETSHOP_LOG_LEVEL: 'info', ...env, PETSHOP_DATA_DIR: shop.dataDir },
    cwd: bench.folder,
    logFile,
  })
  bench.onEnd(worker.stop)
  await waitFor(worker, 'the worker is running', START_SECONDS, () =>
    Promise.resolve(readFileSync(logFile, 'utf8').includes('The worker is running.')),
  )
  return worker
}
