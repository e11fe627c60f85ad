// Owns the people of tests: one of each role and a second customer, all logged in.
import type { Role } from '../../src/lib/roles.ts'
import type { Users } from '../../src/modules/users/index.ts'
import type { Core } from '../../src/platform/module.ts'

export interface Person {
  readonly user_id: number
  readonly username: string
  readonly role: Role
  readonly token: string
  /** For `app.inject`. */
  readonly headers: { readonly authorization: string }
}

export type People = Record<'owner' | 'manager' | 'clerk' | 'customer' | 'other', Person>

const ROLE_OF = {
  owner: 'owner',
  manager: 'manager',
  clerk: 'clerk',
  customer: 'customer',
  other: 'customer',
} as const satisfies Record<keyof People, Role>

/** Makes the people, in this order, with ids from 1 in an empty shop; nobody can log in with a password. */
export async function testPeople(core: Core, users: Users): Promise<People> {
  const list = Object.entries(ROLE_OF).map(([username, role]) => ({
    username,
    email: `${username}@example.com`,
    password: null,
    role,
  }))
  const ids = await users.createUsersBulk(list, core.clock.now())
  const people = list.map(async ({ username, role }, i) => {
    const user_id = ids[i]!
    const token = await logIn(core, users, { user_id, role })
    return [username, { user_id, username, role, token, headers: bearer(token) }] as const
  })
  return Object.fromEntries(await Promise.all(people)) as People
}

export function bearer(token: string): { readonly authorization: string } {
  return { authorization: `Bearer ${token}` }
}

async function logIn(
  core: Core,
  users: Users,
  user: { user_id: number; role: Role },
): Promise<string> {
  const device = { user_agent: 'test', address: '127.0.0.1' }
  const cause = { actor_id: user.user_id, request_id: null, now: core.clock.now() }
  const session = await core.store.transaction((trx) => users.openSession(trx, user, device, cause))
  return session.token
}
