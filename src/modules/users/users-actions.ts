// Owns what staff do to accounts: never above their own role, and never to the last owner.
import type { Cause } from '../../lib/cause.ts'
import { makeEvent } from '../../lib/events.ts'
import type { Role } from '../../lib/roles.ts'
import type { KeyedRequest } from '../../platform/db/idempotency.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import { notAllowed, notFound } from '../../platform/http/errors.ts'
import { noteAct } from './acts-actions.ts'
import { createUser, type CreateUser } from './actions.ts'
import { deleteAddressBook } from './addresses-store.ts'
import type { UsersContext } from './context.ts'
import { lastOwner } from './errors.ts'
import { noticeOf } from './mails-actions.ts'
import { deleteResets } from './resets-store.ts'
import { losesLastOwner, mayGiveRole, mayManage } from './rules.ts'
import { RoleChanged, type User } from './schema.ts'
import { deleteSecondFactor } from './second-factor-store.ts'
import type { Outdate } from './session-cache.ts'
import { deleteSessions, forgetDevices, listTokenHashes } from './sessions-store.ts'
import {
  eraseUser,
  findUser,
  lockWithOwners,
  presentUser,
  type ProfileChange,
  roleOf,
  updateUser,
} from './store.ts'

/** Who decides: somebody's role, or the command line with the owner's. */
export interface Actor {
  readonly role: Role
}

/** @throws NOT_ALLOWED, VALIDATION, USERNAME_TAKEN, EMAIL_TAKEN */
export async function createUserAs(
  ctx: UsersContext,
  actor: Actor,
  input: CreateUser,
  key: KeyedRequest | null,
  cause: Cause,
): Promise<User> {
  if (!mayGiveRole(actor, input.role)) throw notAllowed()
  return createUser(ctx, input, key, cause)
}

/** Disabling ends the sessions; a new role holds from the next request on. @throws NOT_FOUND, NOT_ALLOWED, LAST_OWNER, EMAIL_TAKEN, and what `beforeChange` throws */
export function changeUser(
  ctx: UsersContext,
  actor: Actor,
  user_id: number,
  change: ProfileChange,
  cause: Cause,
): Promise<User> {
  const { store } = ctx.core
  const apply = (outdate: Outdate) =>
    store.transaction(async (trx) => {
      const { row, activeOwners } = await lockWithOwners(store, trx, user_id)
      if (!row) throw notFound()
      const target = { user_id, role: roleOf(row.role) }
      const role = change.role ?? target.role
      const active = change.active ?? row.active === 1
      if (!mayManage(actor, target) || !mayGiveRole(actor, role)) throw notAllowed()
      if (losesLastOwner(target, { role, active }, activeOwners)) throw lastOwner()
      await ctx.beforeChange(trx, user_id)
      const changed = await updateUser(store, trx, row, change, cause.now)
      if (!active) outdate(await deleteSessions(trx, user_id))
      if (!active || changed.email !== row.email) await deleteResets(trx, user_id)
      if (active !== (row.active === 1)) {
        const act = active ? 'account.enabled' : 'account.disabled'
        await noteAct(store, trx, cause, act, user_id)
      }
      if (changed.email !== row.email) {
        await noteAct(store, trx, cause, 'account.email_changed', user_id)
        await ctx.mails.put(trx, [noticeOf('email_changed', user_id, null, row.email)], cause.now)
      }
      if (role !== target.role) {
        outdate(await listTokenHashes(trx, user_id))
        const roles = { before: { role: target.role }, after: { role } }
        await noteAct(store, trx, cause, 'account.role_changed', user_id, roles)
        const payload = { user_id, from: target.role, to: role, changed_by: cause.actor_id }
        await appendEvents(store, trx, cause, [makeEvent(RoleChanged, user_id, payload)])
      }
      return presentUser(changed)
    }, runAgain)
  return ctx.sessions.outdating(apply)
}

/** Erases the person, keeps the id. @throws NOT_FOUND, NOT_ALLOWED, LAST_OWNER, and what `beforeDelete` throws */
export async function deleteUser(
  ctx: UsersContext,
  actor: Actor,
  user_id: number,
  cause: Cause,
): Promise<void> {
  const { store } = ctx.core
  const erase = (outdate: Outdate) =>
    store.transaction(
      async (trx) => {
        const { row, activeOwners } = await lockWithOwners(store, trx, user_id)
        if (!row) throw notFound()
        const target = { user_id, role: roleOf(row.role) }
        if (!mayManage(actor, target)) throw notAllowed()
        if (losesLastOwner(target, { role: target.role, active: false }, activeOwners)) {
          throw lastOwner()
        }
        await ctx.beforeDelete(trx, user_id)
        outdate(await deleteSessions(trx, user_id))
        await forgetDevices(trx, user_id)
        await deleteResets(trx, user_id)
        await deleteSecondFactor(trx, user_id)
        await deleteAddressBook(trx, user_id)
        await eraseUser(store, trx, row, cause.now)
        const before = { role: target.role }
        await noteAct(store, trx, cause, 'account.deleted', user_id, { before })
        return 'erased'
      },
      {
        afterLostCommit: async (erased) =>
          (await findUser(store.db, user_id)) ? undefined : erased,
      },
    )
  await ctx.sessions.outdating(erase)
}
