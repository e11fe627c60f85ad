// Shows that tills which send until they are answered sell each sale once, through kill -9 at any moment.
import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { databasePath } from '../../src/platform/db/store.ts'
import { findingsOf } from '../support/doctor.ts'
import { makeStage, until } from '../support/load.ts'
import { startServer } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'

const KILLS = 4
const TILLS = 3
const ON_HAND = 100_000
const MINUTES = 60_000

test(
  `${KILLS} kills while ${TILLS} tills sell: each sale is there once, and nothing else`,
  async () => {
    const stage = await makeStage(tempDir(), { buyers: 0, onHand: [ON_HAND] })
    let server = await startServer({ dataDir: stage.dataDir })
    const answers = new Map<string, number>()
    let [repeated, isOver] = [0, false]

    /** As the till's queue does: the same sale until there is an answer. */
    async function sendUntilAnswered(body: { readonly sale_id: string }): Promise<void> {
      for (let tries = 0; ; tries++) {
        try {
          const answer = await fetch(`${server.url}/api/counter/sales`, {
            method: 'POST',
            headers: {
              authorization: `Bearer ${stage.owner.token}`,
              'content-type': 'application/json',
            },
            body: JSON.stringify(body),
          })
          const { order_id } = (await answer.json()) as { order_id: number }
          expect(answer.status).toBe(201)
          answers.set(body.sale_id, order_id)
          if (tries > 0) repeated++
          return
        } catch (error) {
          if (error instanceof TypeError || error instanceof SyntaxError) {
            await new Promise((resolve) => setTimeout(resolve, 20))
          } else throw error
        }
      }
    }
    const till = async () => {
      while (!isOver) {
        const items = [{ product_id: stage.products[0], quantity: 2, unit_price_cents: 100 }]
        const tenders = [{ tender: 'wechat', amount_cents: 200 }]
        await sendUntilAnswered({ sale_id: randomUUID(), items, tenders } as { sale_id: string })
      }
    }
    const tills = Array.from({ length: TILLS }, till)
    for (let kill = 1; kill <= KILLS; kill++) {
      const before = answers.size
      await until('enough is sold', () => answers.size >= before + 20 + kill * 7)
      await server.kill9()
      server = await startServer({ dataDir: stage.dataDir })
    }
    isOver = true
    await Promise.all(tills)
    await server.stop()

    const database = new DatabaseSync(databasePath(stage.dataDir), { readOnly: true })
    const rows = database.prepare('select sale_id, order_id from counter_sales').all()
    const [{ on_hand } = {}] = database.prepare('select on_hand from stock').all()
    database.close()
    expect(new Map(rows.map((row) => [row['sale_id'], row['order_id']]))).toEqual(answers)
    expect(rows).toHaveLength(answers.size)
    expect(on_hand).toBe(ON_HAND - 2 * answers.size)
    expect(await findingsOf(stage.dataDir)).toEqual({})
    // It was a test at all: some were cut off.
    expect(repeated).toBeGreaterThan(0)
  },
  2 * MINUTES,
)
