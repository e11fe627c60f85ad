// Owns the first run: whoever reads the server's terminal makes the owner's account, once.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Cause } from '../../lib/cause.ts'
import type { Trx } from '../../platform/db/store.ts'
import {
  type BackOff,
  hasOwner,
  namesOf,
  refuseField,
  sameGuesser,
  type Users,
} from '../users/index.ts'
import type { Device, LoggedIn } from '../users/index.ts'
import type { SettingsContext } from './actions.ts'
import { setupCodeWrong, setupDone } from './errors.ts'
import { DEFAULTS, foldCode, settingsProblem, setupCodeOf } from './rules.ts'
import type { Settings, SetupBody } from './schema.ts'
import { markSetupDone, writeSettings } from './store.ts'

export interface SetupContext extends SettingsContext {
  readonly users: Users
  readonly failures: BackOff
  readonly code: SetupCode
}

export interface SetupCode {
  /** The code, as long as there is no owner; then null, for ever. */
  read(): Promise<string | null>
  matches(text: string): boolean
}

/** Made in memory at the first question: it ends with the process. */
export function createSetupCode(isDone: () => Promise<boolean>): SetupCode {
  let code: string | null = null
  return {
    async read() {
      if (await isDone()) return (code = null)
      code ??= randomCode()
      return code
    },
    matches(text) {
      if (code === null) return false
      const [given, right] = [foldCode(text), foldCode(code)].map((part) => Buffer.from(part))
      return given?.length === right?.length && !!given && !!right && timingSafeEqual(given, right)
    },
  }
}

export interface Setup extends Omit<SetupBody, 'code'> {
  readonly display_name?: string
}

/**
 * Makes the owner and the settings in one transaction.
 * @param alongside runs in that transaction, with the new owner's id
 * @throws SETUP_DONE, VALIDATION, USERNAME_TAKEN, EMAIL_TAKEN
 */
export async function completeSetup<T>(
  ctx: SetupContext,
  setup: Setup,
  cause: Cause,
  alongside: (trx: Trx, owner: { user_id: number }) => Promise<T>,
): Promise<T> {
  const { shop_name, currency, time_zone, ...account } = setup
  const settings: Settings = { ...DEFAULTS, shop_name, currency, time_zone }
  const problem = settingsProblem(settings)
  if (problem) throw refuseField(problem)
  const { users, core } = ctx
  const prepared = await users.prepareAccount({ ...account, role: 'owner' }, cause.now)
  const { store } = core
  const isMade = async () => (await namesOf(store.db, [prepared.user_id])).size > 0
  const result = await store.transaction(
    async (trx) => {
      await markSetupDone(store, trx, cause.now)
      if (await hasOwner(trx)) throw setupDone()
      await writeSettings(store, trx, settings, cause.now)
      const owner = await users.insertAccount(trx, prepared)
      return alongside(trx, owner)
    },
    { afterLostCommit: async (made) => ((await isMade()) ? made : undefined) },
  )
  ctx.cache.set(settings)
  return result
}

/** @throws SETUP_DONE, SETUP_CODE_WRONG, TOO_MANY_FAILURES, and what `completeSetup` throws */
export async function setUpWithCode(
  ctx: SetupContext,
  { code, ...setup }: SetupBody,
  device: Device,
  cause: Cause,
): Promise<LoggedIn> {
  const { users, failures } = ctx
  if ((await ctx.code.read()) === null) throw setupDone()
  const guesser = sameGuesser(device.address)
  const right = await failures.attempt(guesser, cause.now, () =>
    Promise.resolve(ctx.code.matches(code) || null),
  )
  if (!right) throw setupCodeWrong({ details: [{ field: 'code', problem: 'is wrong' }] })
  return completeSetup(ctx, setup, cause, (trx, { user_id }) =>
    users.openSession(trx, { user_id, role: 'owner' }, device, cause),
  )
}

function randomCode(): string {
  for (;;) {
    const code = setupCodeOf(randomBytes(16))
    if (code) return code
  }
}
