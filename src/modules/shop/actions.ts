// Owns reading and changing the settings; the currency is fixed once there is an order.
import type { Cause } from '../../lib/cause.ts'
import type { Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import type { Core } from '../../platform/module.ts'
import { differences, recordActs } from '../audit/index.ts'
import { holdPicture } from '../pictures/index.ts'
import { refuseField } from '../users/index.ts'
import { currencyFixed } from './errors.ts'
import { settingsProblem } from './rules.ts'
import type { Settings, SettingsPatch } from './schema.ts'
import type { SettingsCache } from './settings-cache.ts'
import { readSettings, writeSettings } from './store.ts'

export interface SettingsContext {
  readonly core: Core
  readonly cache: SettingsCache
  /** Where there is no order, none is placed until the transaction ends. */
  readonly hasOrders: (trx: Trx) => Promise<boolean>
}

/** @throws VALIDATION, CURRENCY_FIXED, PICTURE_UNKNOWN */
export async function changeSettings(
  ctx: SettingsContext,
  change: SettingsPatch,
  cause: Cause,
): Promise<Settings> {
  const problem = settingsProblem(change)
  if (problem) throw refuseField(problem)
  const { store } = ctx.core
  const settings = await store.transaction(async (trx) => {
    const before = await readSettings(trx)
    const newCurrency = change.currency !== undefined && change.currency !== before.currency
    if (newCurrency && (await ctx.hasOrders(trx))) {
      throw currencyFixed({ details: [{ field: 'currency', problem: 'is fixed' }] })
    }
    if (change.logo_url !== before.logo_url) {
      await holdPicture(store, trx, 'logo_url', change.logo_url)
    }
    await writeSettings(store, trx, change, cause.now)
    const after = await readSettings(trx)
    const changed = differences({ ...before }, { ...after })
    const subject = ['shop', 'settings'] as const
    if (changed)
      await recordActs(store, trx, cause, [{ act: 'settings.changed', subject, ...changed }])
    return after
  }, runAgain)
  ctx.cache.set(settings)
  return settings
}
