// Owns whether two addresses mean one store.
import { statSync } from 'node:fs'
import type { StoreAddress } from '../address.ts'

export function isSamePlace(one: StoreAddress, other: StoreAddress): boolean {
  if (one.engine === 'sqlite' && other.engine === 'sqlite') {
    return one.path === other.path || isSameFile(one.path, other.path)
  }
  if (one.engine === 'sqlite' || other.engine === 'sqlite') return false
  return one.engine === other.engine && placeOf(one) === placeOf(other)
}

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }))
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino
}

const PORTS = { mysql: '3306', postgres: '5432' }
const THIS_MACHINE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** Whoever logs in, and with which options, sees the same database. */
function placeOf({ engine, url }: Exclude<StoreAddress, { engine: 'sqlite' }>): string {
  const { hostname, port, pathname } = new URL(url)
  const name = hostname.toLowerCase()
  const host = THIS_MACHINE.test(name) ? 'localhost' : name
  return `${host}:${port || PORTS[engine]}${pathname}`
}
