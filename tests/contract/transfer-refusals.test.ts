// Shows what a transfer refuses, that it goes on where it was broken off, and that it sees every difference.
import { existsSync, linkSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { findMarker } from '../../src/platform/db/transfer/marker.ts'
import { isSamePlace } from '../../src/platform/db/transfer/place.ts'
import { movedTables } from '../../src/platform/db/transfer/tables.ts'
import { findWorker } from '../../src/platform/events/at-work.ts'
import { createLease } from '../../src/platform/events/leases.ts'
import { petshop } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'
import {
  addressOf,
  dropDatabases,
  freshUrl,
  type Kind,
  makeSource,
  missing,
  move,
  onStore,
  openMoved,
  type SourceShop,
  spoil,
  verify,
} from './transfer-shop.ts'

let source: SourceShop
beforeAll(async () => {
  source = await makeSource()
})
afterAll(async () => {
  await dropDatabases()
  await source.shop.close()
})

const KINDS: readonly Kind[] = ['sqlite', 'mariadb', 'postgres']
const refusal = (exitCode: number, message: RegExp) =>
  expect.objectContaining({
    name: 'StartupError',
    exitCode,
    message: expect.stringMatching(message),
  })

/** Gives one picture the bytes of another. */
const contentOf = (name: string) => `
  update pictures set content =
    (select content from (select content from pictures where name = '${name}') as other)
  where name = 'large-1.webp'`

/** Breaks off when the copy has come to this table. */
async function breakOff(to: string, at: string, from = source.url): Promise<void> {
  const broken = move(from, to, {
    onProgress({ doing, table }) {
      if (doing === 'copy' && table === at) throw new Error('the plug was pulled')
    },
  })
  await expect(broken).rejects.toThrow('the plug was pulled')
}

describe.each(KINDS)('a transfer to [%s]', (kind) => {
  const reason = missing(kind)
  if (reason !== undefined) return test('not run', ({ skip }) => skip(reason))

  test('that was broken off goes on where it was, whatever table that was', async () => {
    const url = await freshUrl(kind)
    const began: number[] = []
    for (const { name } of movedTables.slice(1)) await breakOff(url, name)
    const report = await move(source.url, url, {
      onProgress: ({ doing, rows }) => void (doing === 'copy' && began.push(rows)),
    })
    expect(report.equal).toBe(true)
    expect(began).toHaveLength(1)
    expect(await onStore(url, findMarker)).toMatchObject({ finished: true })
  })

  test('that has not finished is no shop: nobody opens it, nor moves it on', async () => {
    const url = await freshUrl(kind)
    await breakOff(url, 'orders')
    const unfinished = refusal(65, /being filled by `petshop transfer` from .*has not finished/)
    await expect(openMoved(url)).rejects.toEqual(unfinished)
    await expect(move(url, await freshUrl('sqlite'))).rejects.toEqual(unfinished)
    await move(source.url, url)
    await (await openMoved(url)).close()
  })

  test('goes on with the same source only', async () => {
    const url = await freshUrl(kind)
    await breakOff(url, 'orders')
    const other = await freshUrl('sqlite')
    await move(source.url, other)
    await expect(move(other, url)).rejects.toEqual(refusal(65, /being filled from .*, not from/))
    await move(source.url, url)
  })

  test('is not done by two at once: one of them leaves it to the other', async () => {
    const url = await freshUrl(kind)
    await breakOff(url, 'settings')
    const outcomes = await Promise.allSettled([move(source.url, url), move(source.url, url)])
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(failed.length).toBeLessThan(2)
    for (const { reason: why } of failed) {
      expect(why).toEqual(refusal(69, /Another process is filling this target/))
    }
    expect((await verify(source.url, url)).equal).toBe(true)
  })

  test('refuses a source that was open since it began', async () => {
    const from = await freshUrl('sqlite')
    await move(source.url, from)
    const url = await freshUrl(kind)
    await breakOff(url, 'orders', from)
    const app = await openMoved(from, source.shop.clock)
    await app.shop.changeSettings({ shop_name: '另一家' }, app.core.clock.now())
    await app.close()
    await expect(move(from, url)).rejects.toEqual(refusal(65, /was open since/))
  })

  test('refuses a target that is not empty, and leaves it as it was', async () => {
    const url = await freshUrl(kind)
    await onStore(url, async (store) => {
      await migrate(store, migrations(store.dialect))
      await sql`insert into settings values ('shop_name', '"mine"', 0)`.execute(store.db)
    })
    await expect(move(source.url, url)).rejects.toEqual(
      refusal(65, /is not empty: there are rows in settings/),
    )
  })

  test('that has finished only compares, until there is something else to move', async () => {
    const url = await freshUrl(kind)
    const from = await freshUrl('sqlite')
    await move(source.url, from)
    await move(from, url)
    // The target has gone on selling: nothing of it is touched.
    await spoil(url, 'delete from shipments')
    const again = await move(from, url)
    expect([again.equal, (await verify(from, url)).equal]).toEqual([false, false])
    await expect(move(source.url, url)).rejects.toEqual(refusal(65, /is not empty/))
    await spoil(from, `update settings set value = '"又一家"'`)
    await expect(move(from, url)).rejects.toEqual(refusal(65, /is not empty/))
  })

  test('refuses a database of another program', async () => {
    const url = await freshUrl(kind)
    await spoil(url, 'create table recipes (name varchar(20))')
    await expect(move(source.url, url)).rejects.toEqual(
      refusal(65, /holds tables of another program \(recipes\)/),
    )
    const tables = await onStore(url, ({ db }) => db.introspection.getTables())
    expect(tables.map(({ name }) => name)).toEqual(['recipes'])
  })

  test('refuses an older and a newer source, and one that is none', async () => {
    const from = await freshUrl(kind)
    const to = await freshUrl('sqlite')
    await expect(move(from, to)).rejects.toEqual(refusal(65, /There is no shop at/))
    await onStore(from, async (store) => {
      const steps = Object.entries(migrations(store.dialect))
      await migrate(store, Object.fromEntries(steps.slice(0, -1)))
    })
    await expect(move(from, to)).rejects.toEqual(refusal(65, /is older .*petshop migrate/))
    await onStore(from, async (store) => {
      const future = { '9999_from_the_future': { up: () => Promise.resolve() } }
      await migrate(store, { ...migrations(store.dialect), ...future })
    })
    await expect(move(from, to)).rejects.toEqual(refusal(65, /newer version .*9999_from_the_/))
    expect(existsSync(to.slice('sqlite:'.length))).toBe(false)
  })

  describe('is compared row by row:', () => {
    let url: string
    beforeAll(async () => {
      url = await freshUrl(kind)
      await move(source.url, url)
    })
    const orders = 'select * from orders where order_id = '

    test.each([
      [
        'another content of a picture',
        contentOf('large-3.webp'),
        contentOf('large-2.webp'),
        { table: 'pictures', difference: { key: ['large-1.webp'], kind: 'changed' } },
      ],
      [
        'a changed row',
        `update orders set note = 'x' where order_id = 1`,
        `update orders set note = '' where order_id = 1`,
        { table: 'orders', difference: { key: [1], kind: 'changed' } },
      ],
      [
        'null where there was an empty text',
        `update orders set note = null where order_id = 1`,
        `update orders set note = '' where order_id = 1`,
        { table: 'orders', difference: { key: [1], kind: 'changed' } },
      ],
      [
        'a missing row',
        `delete from retired_usernames where name_hash = '${'f'.repeat(64)}'`,
        `insert into retired_usernames (name_hash, retired_at)
           values ('${'f'.repeat(64)}', ${-Number.MAX_SAFE_INTEGER})`,
        { table: 'retired_usernames', difference: { key: ['f'.repeat(64)], kind: 'missing' } },
      ],
      [
        'an extra row',
        `insert into applied_events values ('B', 5)`,
        `delete from applied_events where group_name = 'B' and position = 5`,
        { table: 'applied_events', difference: { key: ['B', 5], kind: 'extra' } },
      ],
      [
        'an extra row at the end',
        `insert into shipments values ('redis', 'z', 5, '')`,
        `delete from shipments where stream = 'z'`,
        { table: 'shipments', difference: { key: ['redis', 'z'], kind: 'extra' } },
      ],
    ])('%s is named', async (_what, damage, repair, found) => {
      await spoil(url, damage)
      const report = await verify(source.url, url)
      const different = report.tables.filter(({ difference }) => difference !== null)
      expect(report.equal).toBe(false)
      expect(different).toEqual([expect.objectContaining(found)])
      expect(different[0]?.source.digest).not.toBe(different[0]?.target.digest)
      await spoil(url, repair)
      expect((await verify(source.url, url)).equal).toBe(true)
    })

    test('nothing is written meanwhile', async () => {
      const before = await onStore(url, ({ db }) => sql`${sql.raw(orders)} 1`.execute(db))
      await verify(source.url, url)
      expect(await onStore(url, ({ db }) => sql`${sql.raw(orders)} 1`.execute(db))).toEqual(before)
    })
  })
})

describe.each([
  ['mariadb', 'varchar(100) character set utf8mb4 collate utf8mb4_general_ci not null'],
  ['postgres', 'varchar(100) collate "und-x-icu"'],
] as const)('a target on [%s] that sorts text otherwise', (kind, type) => {
  const reason = missing(kind)
  if (reason !== undefined) return test('not run', ({ skip }) => skip(reason))
  const change = kind === 'mariadb' ? `modify group_name ${type}` : `alter group_name type ${type}`

  test('is found out', async () => {
    const url = await freshUrl(kind)
    await move(source.url, url)
    await spoil(url, `delete from applied_events where group_name not in ('B', 'a')`)
    await spoil(url, `alter table applied_events ${change}`)
    const report = await verify(source.url, url)
    expect(report.tables.filter(({ difference }) => difference !== null)).toEqual([
      expect.objectContaining({
        table: 'applied_events',
        difference: expect.objectContaining({ kind: 'order' }),
      }),
    ])
  })
})

describe('[mariadb] a target that takes different texts for the same', () => {
  const reason = missing('mariadb')
  test('refuses them, and is told where', async ({ skip }) => {
    if (reason !== undefined) skip(reason)
    const url = await freshUrl('mariadb')
    await onStore(url, (store) => migrate(store, migrations(store.dialect)))
    const type = 'varchar(100) character set utf8mb4 collate utf8mb4_general_ci not null'
    await spoil(url, `alter table consumer_groups modify group_name ${type}`)
    await spoil(source.url, `insert into consumer_groups values ('A', 'x', 0), ('a', 'x', 0)`)
    const refused = move(source.url, url)
    await expect(refused).rejects.toEqual(
      refusal(65, /refuses rows of consumer_groups between A and .*Duplicate entry/),
    )
    await spoil(source.url, `delete from consumer_groups where stream = 'x'`)
  })
})

describe('[sqlite] the source', () => {
  test('is not also the target, by whatever name', async () => {
    const link = join(tempDir(), 'link.db')
    linkSync(source.url.slice('sqlite:'.length), link)
    for (const url of [source.url, `sqlite:${link}`]) {
      await expect(move(source.url, url)).rejects.toEqual(refusal(78, /are the same/))
    }
    const same = (one: string, other: string) => isSamePlace(addressOf(one), addressOf(other))
    expect(same('mysql://a:1@localhost/shop', 'mariadb://b:2@127.0.0.1:3306/shop?x=1')).toBe(true)
    expect(same('postgres://a@DB.example/shop', 'postgresql://db.example:5432/shop')).toBe(true)
    expect(same('postgres://a@db/shop', 'mysql://a@db/shop')).toBe(false)
    expect(same('postgres://a@db/shop', 'postgres://a@db/shop2')).toBe(false)
  })

  test('is in use as long as somebody renews a lease', async () => {
    const { store } = source.shop.core
    expect(await findWorker(store.db, systemClock)).toBeNull()
    const lease = createLease(store, systemClock, 'worker')
    await lease.hold()
    const renewing = setInterval(() => void lease.hold(), 500)
    const owner = await findWorker(store.db, systemClock)
    expect(owner?.split(':')[1]).toBe(String(process.pid))
    // As after kill -9: nobody gives the lease back, nobody renews it.
    clearInterval(renewing)
    expect(await findWorker(store.db, systemClock)).toBeNull()
    await lease.release()
  })
})

describe('[sqlite] `petshop transfer`', () => {
  test('says what it did, and its exit code what came of it', async () => {
    const url = await freshUrl('sqlite')
    const args = ['transfer', '--from', source.url, '--to', url]
    const done = await petshop(args)
    expect([done.code, done.stdout]).toEqual([
      0,
      expect.stringMatching(/^orders +5 {2}[0-9a-f]{16} ✓$[^]*^All \d+ rows are the same in /m),
    ])
    expect(done.stderr).toMatch(/100 % {2}comparing \w+ \d+\/\d+ {2}\d+ rows\/s/)
    await spoil(url, `update orders set note = 'x' where order_id = 1`)
    const compared = await petshop([...args, '--verify-only'])
    expect([compared.code, compared.stdout]).toEqual([
      1,
      expect.stringMatching(/^orders .*✗ 5 rows on the target; first difference: 1 is another/m),
    ])
    const again = await petshop(args)
    expect(again).toMatchObject({ code: 1, stdout: compared.stdout })
    const json = await petshop([...args, '--verify-only', '--json'])
    expect([json.code, JSON.parse(json.stdout)]).toMatchObject([1, { equal: false }])
  })

  test('takes the configured shop for the one that is not named', async () => {
    const url = await freshUrl('sqlite')
    const env = { DATABASE_URL: url }
    expect(await petshop(['transfer', '--from', source.url], env)).toMatchObject({ code: 0 })
    const args = ['transfer', '--to', source.url, '--verify-only']
    expect(await petshop(args, env)).toMatchObject({ code: 0 })
  })

  test.each([
    [[], /Say where the shop goes/],
    [['--from', 'oracle://x', '--to', 'sqlite:x'], /^--from must begin with sqlite:, mysql/],
    [['--from', 'sqlite:', '--to', 'sqlite:x'], /^--from needs a file/],
  ])('refuses %j', async (flags, says) => {
    const { code, stderr } = await petshop(['transfer', ...flags])
    expect([code, stderr]).toEqual([78, expect.stringMatching(says)])
  })

  test('says that a server does not answer', async () => {
    const to = 'mysql://petshop:secret@127.0.0.1:1/shop'
    const { code, stderr } = await petshop(['transfer', '--from', source.url, '--to', to])
    expect([code, stderr]).toEqual([69, expect.stringMatching(/cannot be used: .*ECONNREFUSED/)])
    expect(stderr).not.toContain('secret')
  })
})
