// Owns where the shop's data lives: what a database URL means, and how it is shown without its password.
import { resolve } from 'node:path'

export type StoreAddress =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'mysql' | 'postgres'; readonly url: string }

const ENGINES: Readonly<Record<string, 'mysql' | 'postgres'>> = {
  'mysql:': 'mysql',
  'mariadb:': 'mysql',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
}

/**
 * Reads `sqlite:PATH`, `mysql://user:password@host:port/database` or `postgres://…`. A relative path begins at
 * the current folder.
 * @returns the address, or in one sentence what is wrong with it
 */
export function parseStoreAddress(text: string): StoreAddress | string {
  if (text.startsWith('sqlite:')) {
    const path = text.slice('sqlite:'.length).replace(/^\/\/(?=\/|[^/])/, '')
    return path
      ? { engine: 'sqlite', path: resolve(path) }
      : 'needs a file, as in sqlite:data/petshop.db'
  }
  const url = URL.parse(text)
  const engine = url ? ENGINES[url.protocol] : undefined
  if (!url || !engine) return 'must begin with sqlite:, mysql:// or postgres://'
  if (!url.hostname) return 'names no host'
  if (!/^\/[^/]+$/.test(url.pathname)) return 'names no database, as in …@host:port/petshop'
  // The drivers know one spelling of each.
  return { engine, url: text.replace(/^[a-z]+:/, `${engine}:`) }
}

/** For people and logs. */
export function showAddress(address: StoreAddress): string {
  return address.engine === 'sqlite' ? `sqlite:${address.path}` : withoutPassword(address.url)
}

/** A URL whose password is replaced; what is no URL is not shown at all. */
export function withoutPassword(text: string): string {
  const url = URL.parse(text)
  if (!url) return '***'
  if (url.password) url.password = '***'
  for (const name of [...url.searchParams.keys()]) {
    if (/pass|secret|key/i.test(name)) url.searchParams.set(name, '***')
  }
  return url.href
}
