// Owns where a demo is made and how it comes to its place: whole or not at all, and never over another shop.
import { existsSync, linkSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { migrations } from '../../migrations/index.ts'
import type { Config, StoreConfig } from '../platform/config.ts'
import { isUnused } from '../platform/db/migrate.ts'
import { databasePath, openStore } from '../platform/db/store.ts'
import { transfer } from '../platform/db/transfer/transfer.ts'
import { makeFolder } from '../platform/folders.ts'

/** Is there a shop already where the configuration says? */
export async function isShopThere({ store: config }: Config): Promise<boolean> {
  if (config.address.engine === 'sqlite') return existsSync(config.address.path)
  const store = await openStore({ store: config })
  try {
    return !(await isUnused(store))
  } finally {
    await store.close()
  }
}

/**
 * Makes a shop in a folder of its own, so that one that was interrupted leaves nothing half-done, and brings it
 * to its place.
 * @param fill makes it with the settings it is given
 * @returns what `fill` returned; null when somebody else has opened a shop there meanwhile: that one is kept
 */
export async function makeInPlace<T>(
  config: Config,
  fill: (config: Config) => Promise<T>,
): Promise<T | null> {
  const { address } = config.store
  const isFile = address.engine === 'sqlite'
  const folder = workFolder(isFile ? dirname(address.path) : config.dataDir)
  try {
    // Its past has happened: no broker needs to hear of it.
    const made: Config = {
      ...config,
      dataDir: folder,
      store: { ...config.store, address: { engine: 'sqlite', path: databasePath(folder) } },
      redis: null,
      kafka: null,
      eventLog: 'embedded',
    }
    const result = await fill(made)
    const isPublished = isFile
      ? publish(databasePath(folder), address.path)
      : await move(made.store, config.store)
    return isPublished ? result : null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A link never replaces what is there. @returns false when a shop is there already */
function publish(made: string, path: string): boolean {
  try {
    // What a deleted shop left of its write-ahead log would be played over this one.
    for (const leftover of [`${path}-wal`, `${path}-shm`]) {
      if (!existsSync(path)) rmSync(leftover, { force: true })
    }
    linkSync(made, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** To a server. @throws StartupError when its database isn't empty any more */
async function move(from: StoreConfig, to: StoreConfig): Promise<boolean> {
  const { equal } = await transfer({
    from: from.address,
    to: to.address,
    migrations,
    verifyOnly: false,
    refuseInUse: () => Promise.resolve(),
    onProgress: () => undefined,
  })
  if (!equal) throw new Error('the demo did not arrive as it was made')
  return true
}

const WORK_PREFIX = '.demo-in-the-making-'

/** New and empty; those that killed processes have left are cleared away. */
function workFolder(parent: string): string {
  makeFolder(parent)
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(WORK_PREFIX) ? Number(name.slice(WORK_PREFIX.length)) : NaN
    if (Number.isInteger(pid) && !isRunning(pid)) rmSync(join(parent, name), { recursive: true })
  }
  const folder = join(parent, `${WORK_PREFIX}${process.pid}`)
  makeFolder(folder)
  return folder
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
