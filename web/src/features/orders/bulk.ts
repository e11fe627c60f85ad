// Owns doing one step to many orders: each by itself, with its own result. A step that was done already is done:
// asked for again after a lost answer, nothing happens twice.
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { api } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'

export type BulkResult =
  | { readonly state: 'waiting' }
  | { readonly state: 'done' }
  | { readonly state: 'failed'; readonly message: string }

export interface BulkStep {
  readonly order: Order
  readonly action: 'confirmation' | 'shipment'
  readonly body?: { readonly carrier: string; readonly tracking_number: string }
}

/** Few enough that others don't wait, many enough to be quick. */
const atOnce = 4

export function useBulk() {
  const client = useQueryClient()
  const [results, setResults] = useState<ReadonlyMap<number, BulkResult>>(new Map())
  const [running, setRunning] = useState(false)
  const busy = useRef(false)

  const run = async (steps: readonly BulkStep[]) => {
    if (busy.current) return
    busy.current = true
    setRunning(true)
    const set = (orderId: number, result: BulkResult) =>
      setResults((before) => new Map(before).set(orderId, result))
    for (const { order } of steps) set(order.order_id, { state: 'waiting' })
    const queue = [...steps]
    const work = async () => {
      for (let step = queue.shift(); step; step = queue.shift()) {
        set(step.order.order_id, await resultOf(step))
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    busy.current = false
    setRunning(false)
    void client.invalidateQueries({ queryKey: keys.orders })
    void client.invalidateQueries({ queryKey: keys.inventory })
  }
  return { results, running, run }
}

async function resultOf({ order, action, body }: BulkStep): Promise<BulkResult> {
  try {
    await api.put(`/orders/${order.order_id}/${action}`, body ?? {})
    return { state: 'done' }
  } catch (error) {
    return { state: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}
