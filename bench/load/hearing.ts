// Owns how long after an order's answer it was heard of: by whoever was last of those who must hear it.

export interface Placed {
  readonly orderIds: ArrayLike<number>
  /** Milliseconds, on the clock of `Reports`. */
  readonly answeredAt: ArrayLike<number>
}

export interface Reports {
  readonly listeners: ArrayLike<number>
  readonly orderIds: ArrayLike<number>
  readonly at: ArrayLike<number>
}

export interface Hearing {
  /** Of each order that all have heard of, from the answer to the last of them, ms; 0 when it was heard before. */
  readonly waits: readonly number[]
  /** Orders that somebody hasn't heard of. */
  readonly missed: number
}

/** @param mustHear which listeners, and how many of them have to hear of each order; what others hear counts not */
export function hearingOf(
  placed: Placed,
  reports: Reports,
  mustHear: { readonly isOne: (listener: number) => boolean; readonly howMany: number },
): Hearing {
  const ears = new Map<number, { listeners: Set<number>; last: number }>()
  for (let i = 0; i < reports.listeners.length; i++) {
    const listener = reports.listeners[i] ?? -1
    if (!mustHear.isOne(listener)) continue
    const order_id = reports.orderIds[i] ?? 0
    const heard = ears.get(order_id) ?? { listeners: new Set<number>(), last: 0 }
    // The first word of an order counts, not what becomes of it later.
    if (heard.listeners.has(listener)) continue
    heard.listeners.add(listener)
    heard.last = Math.max(heard.last, reports.at[i] ?? 0)
    ears.set(order_id, heard)
  }
  const waits: number[] = []
  for (let i = 0; i < placed.orderIds.length; i++) {
    const heard = ears.get(placed.orderIds[i] ?? 0)
    if (heard?.listeners.size !== mustHear.howMany) continue
    waits.push(Math.max(0, heard.last - (placed.answeredAt[i] ?? 0)))
  }
  return { waits, missed: placed.orderIds.length - waits.length }
}
