// Owns the proofs about sales at the counter: money, order and stock say the same.
import { sql } from 'kysely'
import type { Check } from '../../platform/doctor.ts'

export const tendersMakeTotals: Check = {
  name: "a counter sale's tenders make its total",
  async *run(reader) {
    const rows = await reader
      .selectFrom('counter_sales')
      .leftJoin(
        reader
          .selectFrom('counter_tenders')
          .select((eb) => [
            'order_id',
            eb.fn.sum<number>('amount_cents').as('paid'),
            eb.fn.sum<number>(sql`received_cents - amount_cents`).as('back'),
          ])
          .groupBy('order_id')
          .as('tenders'),
        'tenders.order_id',
        'counter_sales.order_id',
      )
      .select((eb) => [
        'counter_sales.order_id',
        'total_cents',
        'change_cents',
        eb.fn.coalesce('tenders.paid', eb.lit(0)).as('paid'),
        eb.fn.coalesce('tenders.back', eb.lit(0)).as('back'),
      ])
      .where((eb) =>
        eb.or([
          eb('total_cents', '!=', eb.fn.coalesce('tenders.paid', eb.lit(0))),
          eb('change_cents', '!=', eb.fn.coalesce('tenders.back', eb.lit(0))),
        ]),
      )
      .limit(1000)
      .execute()
    for (const { order_id, total_cents, change_cents, paid, back } of rows) {
      yield {
        message: `order ${order_id}: total ${total_cents}, paid ${paid}; change ${change_cents}, given ${back}`,
      }
    }
  },
}
