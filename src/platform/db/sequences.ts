// Owns ids that are known before the insert: blocks from the `sequences` table, below 2^53, gaps allowed.
import type { Reader, Store, Trx } from './store.ts'
import { runAgain } from './transactions.ts'

export interface Sequence {
  /**
   * Takes `count` ids, rising. Call it outside of any transaction: a new block is taken in a short one of its
   * own.
   */
  take(count: number): Promise<number[]>
  /**
   * Gives back what is left of the block, if nobody has taken one since: people who number their orders
   * wonder about gaps. A crash leaves one all the same.
   */
  giveBack(): Promise<void>
}

export function createSequence(store: Store, name: string, blockSize: number): Sequence {
  let next = 0
  let end = 0
  let last: Promise<unknown> = Promise.resolve()

  async function refill(count: number): Promise<void> {
    const size = Math.max(blockSize, count)
    next = await reserveBlock(store, name, size)
    end = next + size
  }

  async function take(count: number): Promise<number[]> {
    if (end - next < count) await refill(count)
    const first = next
    next += count
    return Array.from({ length: count }, (_, i) => first + i)
  }

  async function giveBack(): Promise<void> {
    if (next === end) return
    await store.transaction(async (trx) => {
      await trx
        .updateTable('sequences')
        .set({ next_value: next })
        .where('name', '=', name)
        .where('next_value', '=', end)
        .execute()
    }, runAgain)
    end = next
  }

  return {
    // One at a time: two callers must not both refill.
    take(count) {
      const mine = last.then(() => take(count))
      last = mine.catch(() => undefined)
      return mine
    },
    giveBack() {
      const mine = last.then(() => giveBack())
      last = mine.catch(() => undefined)
      return mine
    },
  }
}

function reserveBlock(store: Store, name: string, size: number): Promise<number> {
  return store.transaction((trx) => advanceSequence(store, trx, name, size), runAgain)
}

/**
 * Moves a sequence on within a transaction; its row stays locked until the commit.
 * @returns the first of the `count` values that are the caller's now
 */
export async function advanceSequence(
  store: Store,
  trx: Trx,
  name: string,
  count: number,
): Promise<number> {
  await store.dialect
    .ignoreConflicts(trx.insertInto('sequences').values({ name, next_value: 1 }))
    .execute()
  const row = await store.dialect
    .forUpdate(trx.selectFrom('sequences').select('next_value').where('name', '=', name))
    .executeTakeFirstOrThrow()
  await trx
    .updateTable('sequences')
    .set({ next_value: row.next_value + count })
    .where('name', '=', name)
    .execute()
  return row.next_value
}

/** The last value that was taken; 0 before the first. */
export async function lastTaken(reader: Pick<Reader, 'selectFrom'>, name: string): Promise<number> {
  const row = await reader
    .selectFrom('sequences')
    .select('next_value')
    .where('name', '=', name)
    .executeTakeFirst()
  return (row?.next_value ?? 1) - 1
}
