// Shows what every store promises: transactions whole or not at all, ids once, answers kept, no file harmed.
import { DatabaseSync } from 'node:sqlite'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { migrations } from '../../migrations/index.ts'
import { StartupError } from '../../src/lib/startup-error.ts'
import { insertAll } from '../../src/platform/db/insert.ts'
import { isUpToDate, migrate } from '../../src/platform/db/migrate.ts'
import { createSequence } from '../../src/platform/db/sequences.ts'
import { databasePath, openStore, type Store, type Trx } from '../../src/platform/db/store.ts'
import { testCore } from '../support/core.ts'
import { tempDir } from '../support/temp-dir.ts'

const put = (trx: Trx, name: string) =>
  trx.insertInto('settings').values({ name, value: '1', updated_at: 0 }).execute()

const names = async (store: Store) =>
  (await store.db.selectFrom('settings').select('name').orderBy('name').execute()).map(
    ({ name }) => name,
  )

const failure = (errcode: number) => Object.assign(new Error(`failure ${errcode}`), { errcode })

describe('[sqlite] transactions', () => {
  let store: Store
  let path: string
  let close: () => Promise<void>
  beforeEach(async () => {
    const test = await testCore()
    store = test.core.store
    path = databasePath(test.core.config.dataDir)
    close = test.close
  })
  afterEach(() => close())

  test('commit wholly, and say so once', async () => {
    let commits = 0
    const off = store.onCommit(() => commits++)
    const result = await store.transaction(async (trx) => {
      await put(trx, 'a')
      await put(trx, 'b')
      return 'done'
    })
    expect([result, commits, await names(store)]).toEqual(['done', 1, ['a', 'b']])
    off()
    await store.transaction((trx) => put(trx, 'c'))
    expect(commits).toBe(1)
  })

  test('roll back wholly, and keep silent', async () => {
    let commits = 0
    store.onCommit(() => commits++)
    const failed = store.transaction(async (trx) => {
      await put(trx, 'a')
      await put(trx, 'a')
    })
    await expect(failed).rejects.toThrow(/UNIQUE/)
    expect([commits, await names(store)]).toEqual([0, []])
    await store.transaction((trx) => put(trx, 'b'))
    expect(await names(store)).toEqual(['b'])
  })

  test('that are begun at once go one after the other', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () =>
        store.transaction(async (trx) => {
          const { n } = await trx
            .selectFrom('settings')
            .select((eb) => eb.fn.countAll<number>().as('n'))
            .executeTakeFirstOrThrow()
          await new Promise((resolve) => setImmediate(resolve))
          await put(trx, `name ${n}`)
        }),
      ),
    )
    expect(await names(store)).toHaveLength(20)
  })

  test('are the only writer from their first moment on', async () => {
    const other = new DatabaseSync(path, { timeout: 0 })
    await store.transaction(async () => {
      expect(() => other.exec('begin immediate')).toThrow(/locked/)
    })
    other.exec('begin immediate')
    other.close()
  })

  test('are tried again when the engine asks for it, and leave nothing of the first try', async () => {
    let tries = 0
    await store.transaction(async (trx) => {
      await put(trx, `try ${++tries}`)
      if (tries < 3) throw failure(5)
    })
    expect(await names(store)).toEqual(['try 3'])
  })

  test('are tried again while the engine is busy, then given up; for any other failure at once', async () => {
    let tries = 0
    const busy = store.transaction(async () => {
      tries++
      throw failure(5)
    })
    await expect(busy).rejects.toThrow('failure 5')
    expect(tries).toBeGreaterThan(5)
    tries = 0
    const wrong = store.transaction(async () => {
      tries++
      throw new Error('my mistake')
    })
    await expect(wrong).rejects.toThrow('my mistake')
    expect(tries).toBe(1)
  })

  test('classify what the engine complains about', async () => {
    const complaint = (work: (trx: Trx) => Promise<unknown>) =>
      store.transaction(work).then(
        () => 'none',
        (error: unknown) => store.dialect.classify(error),
      )
    const session = {
      token_hash: 'x',
      user_id: 99,
      user_agent: '',
      address: '',
      created_at: 0,
      last_seen_at: 0,
      expires_at: 0,
    }
    await store.transaction((trx) => put(trx, 'a'))
    expect(await complaint((trx) => put(trx, 'a'))).toBe('unique')
    expect(await complaint((trx) => trx.insertInto('sessions').values(session).execute())).toBe(
      'foreign_key',
    )
    expect(await complaint((trx) => sql`select nonsense`.execute(trx))).toBe('other')
    const words = [5, 6, 261, 13, 10, 1].map((code) => store.dialect.classify(failure(code)))
    expect(words).toEqual(['transient', 'transient', 'transient', 'full', 'away', 'other'])
    expect(store.dialect.classify(new Error('no code'))).toBe('other')
  })

  test('that the engine ends by itself fail with the true reason, and the next one works', async () => {
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(store.db)
    await sql`pragma max_page_count = ${sql.lit(rows[0]!.page_count + 10)}`.execute(store.db)
    const value = 'x'.repeat(100_000)
    const big = { name: 'big', value, updated_at: 0 }
    const full = store.transaction(async (trx) => {
      await put(trx, 'small')
      await trx.insertInto('settings').values(big).execute()
    })
    const reason = await full.catch((error: unknown) => store.dialect.classify(error))
    expect(reason).toBe('full')
    expect(await names(store)).toEqual([])
    await store.transaction((trx) => put(trx, 'small'))
    expect(await names(store)).toEqual(['small'])
  })

  test.each<[what: string, value: unknown]>([
    ['a Date', new Date(0)],
    ['undefined', undefined],
    ['an object', { a: 1 }],
    ['a list', [1]],
  ])('refuse %s as a value: it is a mistake of ours', async (_what, value) => {
    const query = sql`insert into settings values ('a', ${value as string}, 0)`
    await expect(query.execute(store.db)).rejects.toThrow(/not a SQL value/)
    expect(await names(store)).toEqual([])
  })

  test('insert more rows than one statement holds, in their order', async () => {
    const rows = Array.from({ length: 9000 }, (_, i) => ({
      event_id: `id ${i}`,
      stream: 'orders',
      position: null,
      event_key: String(i),
      type: 't',
      version: 1,
      payload: '{}',
      request_id: null,
      occurred_at: 0,
    }))
    await store.transaction((trx) => insertAll(store, trx, 'outbox', rows))
    await store.transaction((trx) => insertAll(store, trx, 'outbox', []))
    const stored = await store.db
      .selectFrom('outbox')
      .select('event_id')
      .orderBy('outbox_id')
      .execute()
    expect(stored).toEqual(rows.map(({ event_id }) => ({ event_id })))
  })

  test('empty the write-ahead log between two transactions, never in the middle of one', async () => {
    const gate = Promise.withResolvers<void>()
    const writing = store.transaction(async (trx) => {
      await put(trx, 'a')
      await gate.promise
    })
    const checkpoint = store.checkpoint()
    gate.resolve()
    await Promise.all([writing, checkpoint])
    expect(store.size().wal_bytes).toBe(0)
    expect(await names(store)).toEqual(['a'])
  })
})

describe('[sqlite] sequences', () => {
  test('give each id once, rising, to all who take at once and after a restart', async () => {
    const dataDir = tempDir()
    const store = openStore({ dataDir })
    await migrate(store, migrations(store.dialect))
    const [one, two] = [createSequence(store, 'orders', 10), createSequence(store, 'orders', 10)]
    const taken = await Promise.all(
      [1, 3, 12, 7, 25, 2, 1, 9].flatMap((count) => [one.take(count), two.take(count)]),
    )
    for (const ids of taken) expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    for (const own of [0, 1]) {
      const mine = taken.filter((_, i) => i % 2 === own).flat()
      expect(mine).toEqual(mine.toSorted((a, b) => a - b))
    }
    await store.close()

    const reopened = openStore({ dataDir })
    const later = await createSequence(reopened, 'orders', 10).take(5)
    await reopened.close()
    const all = [...taken.flat(), ...later]
    expect(new Set(all).size).toBe(all.length)
    expect(Math.min(...later)).toBeGreaterThan(Math.max(...taken.flat()))
  })

  test('begin at 1, each name for itself', async () => {
    const { core, close } = await testCore()
    expect(await createSequence(core.store, 'orders', 10).take(2)).toEqual([1, 2])
    expect(await createSequence(core.store, 'users', 1).take(2)).toEqual([1, 2])
    await close()
  })
})

describe('[sqlite] a reading connection', () => {
  test('sees one moment while others write, holds nobody up, and changes nothing', async () => {
    const dataDir = tempDir()
    const store = openStore({ dataDir })
    await migrate(store, migrations(store.dialect))
    await store.transaction((trx) => put(trx, 'a'))
    const reader = openStore({ dataDir, readOnly: true })
    await reader.db.transaction().execute(async (trx) => {
      const before = await trx.selectFrom('settings').select('name').execute()
      await store.transaction((writer) => put(writer, 'b'))
      expect(await trx.selectFrom('settings').select('name').execute()).toEqual(before)
    })
    expect(await names(reader)).toEqual(['a', 'b'])
    const write = reader.db.insertInto('settings').values({ name: 'c', value: '', updated_at: 0 })
    await expect(write.execute()).rejects.toThrow(/readonly/)
    await reader.close()
    await store.close()
  })

  test('makes no shop where there is none', () => {
    const dataDir = join(tempDir(), 'nothing')
    expect(() => openStore({ dataDir, readOnly: true })).toThrow(/There is no shop at/)
  })
})

describe('[sqlite] migrations', () => {
  test('bring an empty database up to date, once', async () => {
    const store = openStore({ dataDir: tempDir() })
    const steps = migrations(store.dialect)
    expect(await isUpToDate(store, steps)).toBe(false)
    expect(await migrate(store, steps)).toEqual(Object.keys(steps))
    expect(await isUpToDate(store, steps)).toBe(true)
    expect(await migrate(store, steps)).toEqual([])
    await store.close()
  })

  test('that break off in the middle of a step leave nothing of it behind', async () => {
    const store = openStore({ dataDir: tempDir() })
    const steps = migrations(store.dialect)
    const last = Object.keys(steps).at(-1)!
    const breaking = {
      ...steps,
      [last]: {
        up: async (db: Parameters<(typeof steps)[string]['up']>[0]) => {
          await steps[last]!.up(db)
          throw new Error('the plug was pulled')
        },
      },
    }
    await expect(migrate(store, breaking)).rejects.toThrow('the plug was pulled')
    await migrate(store, steps)
    expect(await isUpToDate(store, steps)).toBe(true)
    await store.close()
  })

  test('refuse a database of a newer version, and leave its tables as they are', async () => {
    const dataDir = tempDir()
    const store = openStore({ dataDir })
    const steps = migrations(store.dialect)
    const newer = { ...steps, '9999_from_the_future': { up: async () => undefined } }
    await migrate(store, newer)
    const schema = () => sql`select * from sqlite_schema order by name`.execute(store.db)
    const before = await schema()
    const refused = migrate(store, steps)
    await expect(refused).rejects.toThrow(StartupError)
    await expect(refused).rejects.toMatchObject({
      exitCode: 65,
      message: expect.stringMatching(/newer version of petshop .*9999_from_the_future.*\.$/),
    })
    expect(await schema()).toEqual(before)
    await store.close()
  })
})

describe('[sqlite] a file that is not a shop', () => {
  const places: [what: string, make: (path: string) => void, says: RegExp][] = [
    ['of another program', makeForeign, /is a database of another program/],
    ['of another kind', (path) => writeFileSync(path, 'Dear diary, today …'), /is damaged or not/],
    [
      'full of noise',
      (path) => writeFileSync(path, Buffer.alloc(20_000, 0xa7)),
      /is damaged or not/,
    ],
    ['cut in half', (path) => cut(path), /is damaged or not/],
  ]

  test.each(places)('%s is refused, and left byte for byte', async (_what, make, says) => {
    const dataDir = tempDir()
    const path = databasePath(dataDir)
    make(path)
    const before = readFileSync(path)
    for (const readOnly of [false, true]) {
      const open = () => openStore({ dataDir, readOnly })
      expect(open).toThrow(says)
      expect(open).toThrow(expect.objectContaining({ exitCode: 65 }))
    }
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('is refused also where a folder should be', () => {
    const file = join(tempDir(), 'file')
    writeFileSync(file, '')
    const open = () => openStore({ dataDir: join(file, 'sub') })
    expect(open).toThrow(/The data folder .* cannot be made \(ENOTDIR\)/)
    expect(open).toThrow(expect.objectContaining({ exitCode: 73 }))
  })

  test('a folder in the place of the file is no shop either', () => {
    const dataDir = tempDir()
    mkdirSync(databasePath(dataDir))
    const open = () => openStore({ dataDir })
    expect(open).toThrow(/cannot be opened for writing/)
    expect(open).toThrow(expect.objectContaining({ exitCode: 73 }))
  })
})

function makeForeign(path: string): void {
  const database = new DatabaseSync(path)
  database.exec('create table recipes (name text)')
  database.close()
}

function cut(path: string): void {
  const database = new DatabaseSync(path)
  database.exec(`pragma application_id = ${0x50455453}; create table t (a)`)
  const insert = database.prepare('insert into t values (?)')
  for (let i = 0; i < 100; i++) insert.run('x'.repeat(1000))
  database.close()
  const whole = readFileSync(path)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, whole.subarray(0, whole.length / 2))
}
