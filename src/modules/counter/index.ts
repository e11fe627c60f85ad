// Owns the counter module's public face.
import { createSequence } from '../../platform/db/sequences.ts'
import type { Core, Module } from '../../platform/module.ts'
import { ORDER_SEQUENCE } from '../orders/index.ts'
import { createRecordSale, type RecordSale, type SaleNeeds } from './actions.ts'
import { tendersMakeTotals } from './checks-store.ts'
import { createDiscardSale } from './discard-actions.ts'
import { counterRoutes } from './routes.ts'
import { SaleDiscarded } from './schema.ts'
import { type AccountMaker, createWalkIn } from './walk-in-actions.ts'

export { eraseNotes } from './store.ts'
export { keepWalkIn } from './walk-in-actions.ts'

export interface Counter extends Module {
  readonly recordSale: RecordSale
  /** Before the program ends. */
  stop(): Promise<void>
}

export interface CounterNeeds extends Omit<SaleNeeds, 'orderIds' | 'walkIn'> {
  readonly users: AccountMaker
}

/** Many tills share a process; few numbers are lost with it. */
const ID_BLOCK = 20

export function createCounter(core: Core, needs: CounterNeeds): Counter {
  const orderIds = createSequence(core.store, ORDER_SEQUENCE, ID_BLOCK)
  const walkIn = createWalkIn(core.store, needs.users)
  const recordSale = createRecordSale(core, { ...needs, orderIds, walkIn })
  const discardSale = createDiscardSale(core, needs)
  return {
    name: 'counter',
    recordSale,
    routes: (app) => counterRoutes(app, core, { recordSale, discardSale }, needs),
    events: [SaleDiscarded],
    consumers: [],
    checks: [tendersMakeTotals],
    upkeep: [],
    stop: () => orderIds.giveBack(),
  }
}
