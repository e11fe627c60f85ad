// Shows what is SQLite's alone: one writer, a log that is emptied, and no file harmed that isn't a shop.
import { DatabaseSync } from 'node:sqlite'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { databasePath, type Store } from '../../src/platform/db/store.ts'
import { testCore } from '../support/core.ts'
import { openFolder } from '../support/open-folder.ts'
import { tempDir } from '../support/temp-dir.ts'
import { names, put } from './store-harness.ts'

const failure = (errcode: number) => Object.assign(new Error(`failure ${errcode}`), { errcode })

describe('[sqlite] transactions', () => {
  let store: Store
  let path: string
  let close: () => Promise<void>
  beforeEach(async () => {
    const test = await testCore({ env: {} })
    store = test.core.store
    path = databasePath(test.core.config.dataDir)
    close = test.close
  })
  afterEach(() => close())

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

  test('know every way in which the engine complains', () => {
    const words = [5, 6, 261, 13, 10, 1].map((code) => store.dialect.classify(failure(code)))
    expect(words).toEqual(['transient', 'transient', 'transient', 'full', 'away', 'other'])
  })

  test('that the engine ends by itself fail with the true reason, and the next one works', async () => {
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(store.db)
    await sql`pragma max_page_count = ${sql.lit(rows[0]!.page_count + 10)}`.execute(store.db)
    const full = store.transaction(async (trx) => {
      await put(trx, 'small')
      await put(trx, 'big', 'x'.repeat(100_000))
    })
    const reason = await full.catch((error: unknown) => store.dialect.classify(error))
    expect(reason).toBe('full')
    expect(await names(store)).toEqual([])
    await store.transaction((trx) => put(trx, 'small'))
    expect(await names(store)).toEqual(['small'])
  })

  test('empty the write-ahead log between two of them, never in the middle of one', async () => {
    const gate = Promise.withResolvers<void>()
    const writing = store.transaction(async (trx) => {
      await put(trx, 'a')
      await gate.promise
    })
    const checkpoint = store.checkpoint()
    gate.resolve()
    await Promise.all([writing, checkpoint])
    expect((await store.size()).wal_bytes).toBe(0)
    expect(await names(store)).toEqual(['a'])
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
      const opened = openFolder(dataDir, { readOnly })
      await expect(opened).rejects.toThrow(says)
      await expect(opened).rejects.toMatchObject({ exitCode: 65 })
    }
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('is refused also where a folder should be', async () => {
    const file = join(tempDir(), 'file')
    writeFileSync(file, '')
    const opened = openFolder(join(file, 'sub'))
    await expect(opened).rejects.toThrow(/The data folder .* cannot be made \(ENOTDIR\)/)
    await expect(opened).rejects.toMatchObject({ exitCode: 73 })
  })

  test('a folder in the place of the file is no shop either', async () => {
    const dataDir = tempDir()
    mkdirSync(databasePath(dataDir))
    const opened = openFolder(dataDir)
    await expect(opened).rejects.toThrow(/cannot be opened for writing/)
    await expect(opened).rejects.toMatchObject({ exitCode: 73 })
  })

  test('is not made by whoever only wants to read', async () => {
    const opened = openFolder(join(tempDir(), 'nothing'), { readOnly: true })
    await expect(opened).rejects.toThrow(/There is no shop at/)
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
