// Owns the shop module's public face: the settings, and the first run.
import type { Cause } from '../../lib/cause.ts'
import type { Trx } from '../../platform/db/store.ts'
import type { Core, Module } from '../../platform/module.ts'
import { createBackOff, hasOwner, type Users } from '../users/index.ts'
import { changeSettings } from './actions.ts'
import { shopRoutes } from './routes.ts'
import type { Settings, SettingsPatch } from './schema.ts'
import { createSettingsCache } from './settings-cache.ts'
import { completeSetup, createSetupCode, type Setup, type SetupContext } from './setup-actions.ts'
import { readSettings } from './store.ts'

export type { Settings } from './schema.ts'
export type { Setup } from './setup-actions.ts'
/** The settings as a transaction sees them. */
export { namedLogo, readSettings } from './store.ts'

export interface Shop extends Module {
  /**
   * The settings, at most a second old. Outside of transactions only: it may wait for the connection that
   * the transaction holds.
   */
  settings(): Promise<Settings>
  /** @throws VALIDATION, CURRENCY_FIXED */
  changeSettings(change: SettingsPatch, now: number): Promise<Settings>
  /** What the terminal prints for the first run; null when the shop has an owner. */
  setupCode(): Promise<string | null>
  /** Makes the owner and the settings. @returns the owner's id. @throws SETUP_DONE, VALIDATION */
  completeSetup(setup: Setup, cause: Cause): Promise<number>
}

export interface ShopNeeds {
  readonly users: Users
  readonly hasOrders: (trx: Trx) => Promise<boolean>
}

export function createShop(core: Core, { users, hasOrders }: ShopNeeds): Shop {
  const { store, clock } = core
  const ctx: SetupContext = {
    core,
    users,
    hasOrders,
    cache: createSettingsCache(() => readSettings(store.db), clock.now),
    failures: createBackOff(core.redis, 'setup'),
    code: createSetupCode(onceTrue(() => hasOwner(store.db))),
  }
  return {
    name: 'shop',
    routes: (app) => shopRoutes(app, ctx),
    events: [],
    consumers: [],
    checks: [],
    upkeep: [],
    settings: ctx.cache.get,
    changeSettings: (change, now) =>
      changeSettings(ctx, change, { actor_id: null, request_id: null, now }),
    setupCode: ctx.code.read,
    completeSetup: (setup, cause) =>
      completeSetup(ctx, setup, cause, (_trx, owner) => Promise.resolve(owner.user_id)),
  }
}

/** A shop never loses its last owner: once there is one, nobody needs to look again. */
function onceTrue(ask: () => Promise<boolean>): () => Promise<boolean> {
  let yes = false
  return async () => (yes ||= await ask())
}
