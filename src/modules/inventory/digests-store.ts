// Owns the proof that every row of the ledger is what was written: each is compared with its digest.
import type { Reader } from '../../platform/db/store.ts'
import { createMissing, sweep, type Table } from '../../platform/db/sweep.ts'
import type { Check } from '../../platform/doctor.ts'
import { movementDigest } from './digest-rules.ts'
import type { MovementRow } from './stock-store.ts'

export const ledgerIsAsWritten: Check = {
  name: 'stock movements are as they were written',
  async *run(reader) {
    const isMissing = createMissing()
    const flagged = new Set<number>()
    for await (const part of sweep(movementsOf(reader, flagged))) {
      if ('lost' in part) {
        const { from, to } = part.lost
        yield { message: `movements ${from} to ${to ?? 'the last'} cannot be read` }
        continue
      }
      if ('missing' in part) {
        for (const number of part.missing)
          yield { message: `movement ${number} (lost) cannot be found` }
        continue
      }
      for (const row of part.rows) {
        const { movement_id, product_id, digest } = row
        const what = `movement ${movement_id} (product ${product_id})`
        const isWrong = digest !== null && movementDigest(row) !== digest
        const hasNone = isMissing(row)
        if (isWrong || hasNone) flagged.add(movement_id)
        if (hasNone) yield { message: `${what} has no digest` }
        if (isWrong) yield { message: `${what} is not what was written` }
      }
    }
  },
}

function movementsOf(reader: Reader, flagged: Set<number>): Table<MovementRow> {
  return {
    flagged,
    numberOf: (row) => row.movement_id,
    read: (after, limit) =>
      reader
        .selectFrom('stock_movements')
        .selectAll()
        .where('movement_id', '>', after)
        .orderBy('movement_id')
        .limit(limit)
        .execute(),
    async find(number) {
      const row = await reader
        .selectFrom('stock_movements')
        .select('kind')
        .where('movement_id', '=', number)
        .executeTakeFirst()
      return row !== undefined
    },
    async count() {
      const { fn } = reader
      const row = await reader
        .selectFrom('stock_movements')
        .select([fn.countAll().as('rows'), fn.sum('movement_id').as('sum')])
        .executeTakeFirstOrThrow()
      return { rows: Number(row.rows), sum: Number(row.sum ?? 0) }
    },
    async list() {
      // In the order of an index that holds no more than this.
      const rows = await reader
        .selectFrom('stock_movements')
        .select('movement_id')
        .orderBy('product_id')
        .orderBy('movement_id')
        .execute()
      return rows.map((row) => row.movement_id)
    },
  }
}
