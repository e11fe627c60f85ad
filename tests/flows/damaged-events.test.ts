// Shows that an event whose payload was damaged on the disk is set aside, and the others go on.
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

describe('[sqlite] [embedded] an event that cannot be read', () => {
  let shop: Shop
  beforeEach(async () => {
    shop = await openShop()
  })
  afterEach(() => shop.close())

  test.each(['{', '', 'null', '{"order_id":"x"}'])(
    'such as %j is a dead letter at once, and later orders are confirmed all the same',
    async (payload) => {
      const lines = [[await shop.addProduct(), 1]] as const
      const first = await shop.order('customer', { lines })
      const { db } = shop.core.store
      await sql`update outbox set payload = ${payload} where type = 'order.placed'`.execute(db)
      const second = await shop.order('customer', { lines })
      await shop.settle()
      expect((await shop.readOrder(first)).status).toBe('pending')
      expect((await shop.readOrder(second)).status).toBe('confirmed')
      const { body } = await shop.as('owner').get('/api/system/dead-letters')
      expect(body.items.map((letter: { type: string }) => letter.type)).toContain('order.placed')
    },
  )
})
