// Owns placing a batch, whoever collected it: its numbers, its transaction, and each order by itself if they can't share one.
import type { Settled } from '../../lib/batching.ts'
import { codeOf } from '../../lib/errors.ts'
import { keyInProgress } from '../../platform/db/idempotency.ts'
import { createSequence } from '../../platform/db/sequences.ts'
import type { Core } from '../../platform/module.ts'
import { placeBatch } from './batch-actions.ts'
import { lockFirstOrder, ORDER_SEQUENCE } from './first-order-actions.ts'
import { findOutcomes } from './lost-commits-actions.ts'
import { type ActiveUsers, identify, type Placed, type Placement } from './placed-actions.ts'

const ID_BLOCK = 1000
/** For orders whose batch has waited for somebody's key already. */
const HURRIED = { patienceMs: 0 }

export interface PlacingNeeds {
  readonly timeZone: () => Promise<string>
  readonly activeUsers: ActiveUsers
}

/** Places orders durably, each with its own outcome, in order. @throws what fails them all */
export type PlaceAll = (placements: readonly Placement[]) => Promise<Settled<Placed>[]>

export interface Placing {
  readonly placeAll: PlaceAll
  /** Before the program ends. */
  stop(): Promise<void>
}

export function createPlacing(core: Core, needs: PlacingNeeds): Placing {
  const { store, metrics, pace, tracing } = core
  const orderIds = createSequence(store, ORDER_SEQUENCE, ID_BLOCK)
  let anyPlaced = false

  async function placeTogether(
    placements: readonly Placement[],
    patience: { patienceMs?: number } = {},
  ): Promise<Settled<Placed>[]> {
    metrics.orderBatchSize.observe(placements.length)
    const ids = await orderIds.take(placements.length)
    const timeZone = await needs.timeZone()
    const batch = placements.map((placement, i) => identify(placement, ids[i] ?? 0, timeZone))
    let attempts = 0
    const outcomes = await store.transaction(
      async (trx) => {
        if (!anyPlaced) await lockFirstOrder(store, trx)
        return placeBatch(store, trx, batch, needs.activeUsers, attempts++ > 0)
      },
      { afterLostCommit: (outcomes) => findOutcomes(store.db, batch, outcomes), ...patience },
    )
    anyPlaced ||= outcomes.some((outcome) => outcome.ok)
    return outcomes
  }

  /** One order that breaks the statements, or waits for its key, must not take the others down. */
  async function placeSeparately(
    placements: readonly Placement[],
    patience: { patienceMs?: number },
  ): Promise<Settled<Placed>[]> {
    const results: Settled<Placed>[] = []
    for (const placement of placements) {
      try {
        results.push(...(await placeTogether([placement], patience)))
      } catch (error) {
        results.push({ ok: false, error })
      }
    }
    return results
  }

  async function placeAll(placements: readonly Placement[]): Promise<Settled<Placed>[]> {
    try {
      return await placeTogether(placements)
    } catch (error) {
      if (placements.length === 1 || store.dialect.classify(error) !== 'other') throw error
      core.log.error(
        { error, orders: placements.length },
        'a batch failed; placing its orders singly',
      )
      return placeSeparately(placements, codeOf(error) === keyInProgress.code ? HURRIED : {})
    }
  }

  return {
    async placeAll(placements) {
      const stopTimer = metrics.orderBatchSeconds.startTimer()
      const causes = tracing ? placements.map(({ cause }) => cause) : []
      const endSpans = tracing?.beginEach('place order', 'internal', causes)
      try {
        return await pace.first(() => placeAll(placements), placements.length)
      } finally {
        stopTimer()
        endSpans?.()
      }
    },
    stop: () => orderIds.giveBack(),
  }
}
