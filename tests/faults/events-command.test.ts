// Shows `petshop events`: a group whose consumer is gone is listed and forgotten; one at work is not.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { petshop } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'

test('a group that was left over is forgotten with what it had parked, one at work never', async () => {
  const dir = tempDir()
  const run = (...args: string[]) => petshop(args, { PETSHOP_DATA_DIR: dir })
  expect((await run('migrate')).code).toBe(0)
  const db = new DatabaseSync(join(dir, 'petshop.db'))
  const groups = () => db.prepare('SELECT group_name FROM consumer_groups').all()
  db.exec(`INSERT INTO consumer_groups VALUES ('old-group', 'orders', 0), ('confirm-order-on-placed', 'orders', 0);
    INSERT INTO applied_events VALUES ('old-group', 7), ('confirm-order-on-placed', 7);
    INSERT INTO failed_deliveries (group_name, event_id, stream, type, event, attempts, error, state, next_attempt_at, failed_at)
      VALUES ('old-group', 'e1', 'orders', 'order.placed', '{}', 5, 'x', 'dead', 0, 0)`)

  const listed = await run('events', 'groups')
  expect(listed.stdout).toMatch(/^old-group {2}orders .*its consumer is gone$/m)
  expect(listed.stdout).toMatch(/^confirm-order-on-placed {2}orders {2}-?\d+ events wait$/m)

  const kept = await run('events', 'drop-group', 'confirm-order-on-placed')
  expect([kept.code, kept.stdout]).toEqual([64, ''])
  expect(groups()).toHaveLength(2)

  const dropped = await run('events', 'drop-group', 'old-group')
  expect(dropped).toMatchObject({ code: 0, stdout: expect.stringContaining('1 were parked') })
  expect(groups()).toEqual([{ group_name: 'confirm-order-on-placed' }])
  expect(db.prepare('SELECT group_name FROM applied_events').all()).toHaveLength(1)
  expect(db.prepare('SELECT * FROM failed_deliveries').all()).toEqual([])

  const again = await run('events', 'drop-group', 'old-group')
  expect(again).toMatchObject({ code: 64, stderr: expect.stringContaining('There is no group') })
  db.close()
})
