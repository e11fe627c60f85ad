// Owns what a till remembers so that its page opens without the server: who stands there, and the shop's facts.
import type { ShopInfo } from '../../../src/modules/shop/schema.ts'
import type { User } from '../../../src/modules/users/schema.ts'
import { ApiError } from './api.ts'
import { readStored, writeStored } from './storage.ts'

const COUNTER = '/counter'
const NAME = 'petshop.counter.remembered'
/** A network that swallows everything must not keep a till closed. */
const LONGEST_MS = 5_000

interface Remembered {
  readonly user: User | null
  readonly shop: ShopInfo
}

/** While somebody stands at the till. How to reach them is nothing that it needs. */
export function remember({ user, shop }: Remembered): void {
  writeStored(NAME, JSON.stringify({ user: user && { ...user, email: '', phone: '' }, shop }))
}

/** The server knows nobody here any more: whoever comes next has to log in. */
export function forgetPerson(): void {
  const known = read()
  if (known) remember({ ...known, user: null })
}

/** At the till, and without the server's answer: what it answered last. The server still decides what is allowed. */
export async function orRemembered<K extends keyof Remembered>(
  name: K,
  ask: (signal?: AbortSignal) => Promise<Remembered[K]>,
): Promise<Remembered[K]> {
  const known = location.pathname === COUNTER ? read()?.[name] : undefined
  try {
    const answer = await ask(known ? AbortSignal.timeout(LONGEST_MS) : undefined)
    if (answer === null) forgetPerson()
    return answer
  } catch (error) {
    if (!known) throw error
    if (error instanceof ApiError && [0, 502, 503, 504].includes(error.status)) return known
    throw error
  }
}

function read(): Remembered | null {
  try {
    return JSON.parse(readStored(NAME) ?? 'null') as Remembered | null
  } catch {
    return null
  }
}
