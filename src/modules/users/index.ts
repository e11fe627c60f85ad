// Owns the users module's public face.
import type { Cause } from '../../lib/cause.ts'
import type { Role } from '../../lib/roles.ts'
import { createSequence } from '../../platform/db/sequences.ts'
import type { Reader, Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import type { Core, Module } from '../../platform/module.ts'
import { createPasswords } from '../../platform/passwords.ts'
import { createUser, type CreateUser, insertAccount, prepareAccount } from './actions.ts'
import { resetPassword } from './administration-actions.ts'
import { administrationRoutes } from './administration-routes.ts'
import { createBackOff, createQuota } from './back-off.ts'
import { type BulkUser, createUsersBulk } from './bulk-actions.ts'
import { accountKeysMatch, disabledHoldNoSession, shopHasOwner } from './checks-store.ts'
import type { UsersContext } from './context.ts'
import { accountRoutes } from './routes.ts'
import { RoleChanged, SignedInFromNewDevice, type User } from './schema.ts'
import {
  type Authenticate,
  createAuthenticate,
  type Device,
  type LoggedIn,
  openSession,
} from './sessions-actions.ts'
import { createSessionCache } from './session-cache.ts'
import { sessionRoutes } from './sessions-routes.ts'
import { deleteExpiredSessions } from './sessions-store.ts'
import { listUsers, type UserFilter } from './search-store.ts'
import { type NewAccount, presentUser, type ProfileChange } from './store.ts'
import { type Actor, changeUser } from './users-actions.ts'
import { userRoutes } from './users-routes.ts'

export type { CreateUser } from './actions.ts'
export { type BackOff, createBackOff } from './back-off.ts'
export { sameGuesser } from './back-off-rules.ts'
export type { BulkUser } from './bulk-actions.ts'
export { refuseField } from './errors.ts'
export {
  type ActiveUser,
  keepActiveUsers,
  findUserIdByUsername,
  listStaffIds,
  namesOf,
} from './readers-store.ts'
export { LoginAnswer, NewUser, RoleChanged, SignedInFromNewDevice, type User } from './schema.ts'
export type { Device, LoggedIn } from './sessions-actions.ts'
export { answerLogin, deviceOf } from './sessions-routes.ts'
export { isSessionLive } from './sessions-store.ts'
export { hasOwner, type NewAccount } from './store.ts'

export interface Users extends Module {
  /** The caller of a token; null when it is unknown, expired or revoked. One query. */
  readonly authenticate: Authenticate
  /** Makes an account of any role. @throws VALIDATION, USERNAME_TAKEN, EMAIL_TAKEN */
  createUser(input: CreateUser, cause: Cause): Promise<User>
  /** Makes many, ids in order. @param onDone how many passwords are hashed, and of how many */
  createUsersBulk(
    users: readonly BulkUser[],
    now: number,
    onDone?: (done: number, total: number) => void,
  ): Promise<number[]>
  /** Checks and hashes outside of the transaction that `insertAccount` runs in. */
  prepareAccount(input: CreateUser, now: number): Promise<NewAccount>
  insertAccount(trx: Trx, account: NewAccount): Promise<User>
  /** Logs an account in that the transaction has made. */
  openSession(
    trx: Trx,
    user: { readonly user_id: number; readonly role: Role },
    device: Device,
    cause: Cause,
  ): Promise<LoggedIn>
  /** Ends all sessions of the account. @throws VALIDATION, NOT_FOUND */
  resetPassword(user_id: number, password: string, cause: Cause): Promise<void>
  /** @throws NOT_FOUND, NOT_ALLOWED, LAST_OWNER, EMAIL_TAKEN */
  changeUser(actor: Actor, user_id: number, change: ProfileChange, cause: Cause): Promise<User>
  listUsers(
    reader: Reader,
    filter: UserFilter,
  ): Promise<{ items: User[]; next_cursor: string | null }>
}

export interface UsersHooks {
  /** Erases what others know of the person; throws when the account must stay. */
  readonly beforeDelete: (trx: Trx, user_id: number) => Promise<void>
}

const HOUR = 3_600_000
/** Per address and minute: a shop's whole Wi-Fi may share one address. */
const REGISTRATIONS = 300
const REVELATIONS = 20

export function createUsers(core: Core, hooks: UsersHooks): Users {
  const ctx: UsersContext = {
    core,
    passwords: createPasswords(),
    userIds: createSequence(core.store, 'users', 1),
    sessions: createSessionCache(core),
    failures: createBackOff(core.redis, 'failures'),
    registrations: createQuota(core.redis, 'registrations', REGISTRATIONS),
    revelations: createQuota(core.redis, 'revelations', REVELATIONS),
    beforeDelete: hooks.beforeDelete,
  }
  return {
    name: 'users',
    routes(app) {
      accountRoutes(app, ctx)
      sessionRoutes(app, ctx)
      userRoutes(app, ctx)
      administrationRoutes(app, ctx)
    },
    events: [SignedInFromNewDevice, RoleChanged],
    consumers: [],
    checks: [accountKeysMatch, shopHasOwner, disabledHoldNoSession],
    upkeep: [
      {
        name: 'forget-expired-sessions',
        everyMs: HOUR,
        run: (now) => core.store.transaction((trx) => deleteExpiredSessions(trx, now), runAgain),
      },
    ],
    authenticate: createAuthenticate(core, ctx.sessions),
    createUser: (input, cause) => createUser(ctx, input, null, cause),
    createUsersBulk: (users, now, onDone) => createUsersBulk(ctx, users, now, onDone),
    prepareAccount: (input, now) => prepareAccount(ctx, input, now),
    insertAccount: (trx, account) => insertAccount(ctx, trx, account),
    openSession: (trx, user, device, cause) => openSession(ctx, trx, user, device, cause),
    resetPassword: (user_id, password, cause) => resetPassword(ctx, user_id, password, cause),
    changeUser: (actor, user_id, change, cause) => changeUser(ctx, actor, user_id, change, cause),
    async listUsers(reader, filter) {
      const page = await listUsers(reader, filter)
      return { ...page, items: page.items.map(presentUser) }
    },
  }
}
