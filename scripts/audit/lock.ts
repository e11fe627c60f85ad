// Owns what the lock file says of the packages: which are shipped, under which licence, and that each is the one meant.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface LockedPackage {
  /** As in `node_modules/a/node_modules/b`. */
  readonly path: string
  readonly name: string
  readonly version: string
  readonly license: string | null
  readonly integrity: string | null
  /** Only for building and testing. */
  readonly dev: boolean
}

interface LockEntry {
  readonly name?: string
  readonly version?: string
  readonly license?: string
  readonly integrity?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly link?: boolean
}

export function readLock(root: string): LockedPackage[] {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8')
  return packagesOf(JSON.parse(text) as { packages: Readonly<Record<string, LockEntry>> })
}

export function packagesOf(lock: {
  readonly packages: Readonly<Record<string, LockEntry>>
}): LockedPackage[] {
  return Object.entries(lock.packages)
    .filter(([path, { link }]) => path !== '' && link !== true)
    .map(([path, entry]) => ({
      path,
      name: entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version ?? '',
      license: entry.license ?? null,
      integrity: entry.integrity ?? null,
      dev: (entry.dev ?? false) || (entry.devOptional ?? false),
    }))
}
