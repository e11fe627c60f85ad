// Shows the owner's list of mails that were given up: sending one again, and discarding one.
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { databasePath } from '../../src/platform/db/store.ts'
import { useBrowserShop } from './support/browser-shop.ts'
import { hasCount, hides, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

/** As the worker leaves them: the shop of this test has no mail server to refuse them. */
function park(errors: readonly string[]): void {
  const db = new DatabaseSync(databasePath(shop.server.dataDir), { timeout: 5000 })
  const insert = db.prepare(
    `INSERT INTO mails (kind, user_id, data, language, state, attempts, next_attempt_at, error, created_at)
     VALUES ('account_notice', 1, '{"notice":"password"}', NULL, 'dead', 8, ?, ?, ?)`,
  )
  for (const error of errors) insert.run(Date.now(), error, Date.now())
  db.close()
}

test('the owner sends a mail that was given up again, and discards another', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office/system')
  await shows(page.getByText('没有发送失败的邮件'))
  await hasCount(page.locator('.ant-empty-img-simple'), 0)
  park(['550 no such mailbox', '552 mailbox full'])
  const row = (error: string) => page.getByRole('row').filter({ hasText: error })
  await shows(row('552 mailbox full').getByText('账号变动提醒'))
  await shows(row('552 mailbox full').getByText('账号 1'))

  // The row goes before the page's other numbers come.
  const held = Promise.withResolvers<void>()
  await page.route(/\/api\/system$/, async (route) => {
    await held.promise
    await route.continue()
  })

  await row('550 no such mailbox').getByRole('button', { name: '丢弃' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '再想想' }).click()
  await shows(row('550 no such mailbox'))
  await row('550 no such mailbox').getByRole('button', { name: '丢弃' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '丢弃' }).click()
  await shows(page.getByRole('status').getByText('邮件已丢弃。'))
  await hides(row('550 no such mailbox'))
  await expect.poll(() => page.evaluate('document.activeElement !== document.body')).toBe(true)
  await row('552 mailbox full').getByRole('button', { name: '重新发送' }).click()
  await shows(page.getByRole('status').getByText('邮件已放回队列。'))
  await hides(row('552 mailbox full'))
  held.resolve()

  const { items } = await (await shop.api('owner')).get<{ items: object[] }>('/api/system/mails')
  expect(items).toMatchObject([{ state: 'waiting', attempts: 0, error: '552 mailbox full' }])
})
