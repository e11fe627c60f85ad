// Owns the users module's public face.
import type { Cause } from '../../lib/cause.ts'
import type { Role } from '../../lib/roles.ts'
import { createSequence } from '../../platform/db/sequences.ts'
import type { Reader, Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import type { Core, Module } from '../../platform/module.ts'
import { type MailQueue, NO_MAIL } from '../../platform/mail/mail.ts'
import { createPasswords } from '../../platform/passwords.ts'
import { createSealer } from '../../platform/sealing.ts'
import { createUser, type CreateUser, insertAccount, prepareAccount } from './actions.ts'
import { resetPassword } from './administration-actions.ts'
import { addressRoutes } from './addresses-routes.ts'
import { administrationRoutes } from './administration-routes.ts'
import { createBackOff, createQuota } from './back-off.ts'
import { type BulkUser, createUsersBulk } from './bulk-actions.ts'
import {
  accountKeysMatch,
  disabledHoldNoSession,
  secondFactorsOpen,
  shopHasOwner,
} from './checks-store.ts'
import type { UsersContext } from './context.ts'
import { noticeMail } from './mails-actions.ts'
import { createRefusals } from './refusals.ts'
import { resetMail } from './resets-actions.ts'
import { resetRoutes } from './resets-routes.ts'
import { deleteExpiredResets } from './resets-store.ts'
import { accountRoutes } from './routes.ts'
import { RoleChanged, SignedInFromNewDevice, type User } from './schema.ts'
import {
  type Authenticate,
  createAuthenticate,
  type Device,
  type LoggedIn,
  openSession,
} from './sessions-actions.ts'
import { resetSecondFactor } from './second-factor-actions.ts'
import { secondFactorRoutes } from './second-factor-routes.ts'
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
  activeAmong,
  type ActiveUser,
  keepActiveUsers,
  findRecipient,
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
  /** Turns off two-step login for somebody who lost their phone. @throws NOT_FOUND, SECOND_FACTOR_OFF */
  resetSecondFactor(user_id: number, cause: Cause): Promise<void>
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
  /** Throws when staff must leave the account as it is. Left out, they may change any. */
  readonly beforeChange?: (trx: Trx, user_id: number) => Promise<void>
  /** Left out, no mail is sent. */
  readonly mails?: MailQueue
  readonly shopName?: () => Promise<string>
  /** Must staff have a second factor? Left out, they needn't. */
  readonly secondFactorRequired?: () => Promise<boolean>
}

const HOUR = 3_600_000
/** Per address and minute: a shop's whole Wi-Fi may share one address. */
const REGISTRATIONS = 300
const REVELATIONS = 20
const RESETS = 20

export function createUsers(core: Core, hooks: UsersHooks): Users {
  const ctx: UsersContext = {
    core,
    passwords: createPasswords(),
    userIds: createSequence(core.store, 'users', 1),
    sessions: createSessionCache(core),
    failures: createBackOff(core.redis, 'failures'),
    refusals: createRefusals(core),
    registrations: createQuota(core.redis, 'registrations', REGISTRATIONS),
    revelations: createQuota(core.redis, 'revelations', REVELATIONS),
    resets: createQuota(core.redis, 'resets', RESETS),
    mails: hooks.mails ?? NO_MAIL,
    sealer: createSealer(core.config.secretKey),
    shopName: hooks.shopName ?? (() => Promise.resolve('')),
    secondFactorRequired: hooks.secondFactorRequired ?? (() => Promise.resolve(false)),
    beforeDelete: hooks.beforeDelete,
    beforeChange: hooks.beforeChange ?? (() => Promise.resolve()),
  }
  return {
    name: 'users',
    routes(app) {
      accountRoutes(app, ctx)
      addressRoutes(app, ctx)
      sessionRoutes(app, ctx)
      userRoutes(app, ctx)
      administrationRoutes(app, ctx)
      secondFactorRoutes(app, ctx)
      resetRoutes(app, ctx)
      app.addHook('onClose', () => ctx.refusals.close())
    },
    events: [SignedInFromNewDevice, RoleChanged],
    consumers: [],
    checks: [accountKeysMatch, shopHasOwner, disabledHoldNoSession, secondFactorsOpen(ctx.sealer)],
    upkeep: [
      {
        name: 'forget-expired-sessions',
        everyMs: HOUR,
        run: (now) => core.store.transaction((trx) => deleteExpiredSessions(trx, now), runAgain),
      },
      {
        name: 'forget-expired-resets',
        everyMs: HOUR,
        run: (now) => core.store.transaction((trx) => deleteExpiredResets(trx, now), runAgain),
      },
    ],
    mails: [resetMail(ctx), noticeMail(ctx)],
    authenticate: createAuthenticate(core, ctx),
    createUser: (input, cause) => createUser(ctx, input, null, cause),
    createUsersBulk: (users, now, onDone) => createUsersBulk(ctx, users, now, onDone),
    prepareAccount: (input, now) => prepareAccount(ctx, input, now),
    insertAccount: (trx, account) => insertAccount(ctx, trx, account),
    openSession: (trx, user, device, cause) => openSession(ctx, trx, user, device, cause),
    resetPassword: (user_id, password, cause) => resetPassword(ctx, user_id, password, cause),
    resetSecondFactor: (user_id, cause) => resetSecondFactor(ctx, null, user_id, cause),
    changeUser: (actor, user_id, change, cause) => changeUser(ctx, actor, user_id, change, cause),
    async listUsers(reader, filter) {
      const page = await listUsers(reader, filter)
      return { ...page, items: page.items.map(presentUser) }
    },
  }
}
