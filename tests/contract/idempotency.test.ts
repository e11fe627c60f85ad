// Shows that a request with a key has one effect and one answer, whoever repeats it and when.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  claimKeys,
  type KeyedRequest,
  keyInProgress,
  keepAnswers,
  keyReused,
  once,
  pruneKeys,
} from '../../src/platform/db/idempotency.ts'
import type { Store, Trx } from '../../src/platform/db/store.ts'
import { describeStores } from '../support/describe-stores.ts'
import { makeStore, put, type TestDatabase } from './store-harness.ts'

const DAY = 24 * 3600 * 1000

const hash = (text: string) => text.padEnd(64, '0')
const request = (key: string, body = 'body'): KeyedRequest => ({
  keyHash: hash(key),
  bodyHash: hash(body),
})

describeStores('idempotency keys', (fresh, engine) => {
  let database: TestDatabase
  let store: Store
  beforeAll(async () => {
    const made = await makeStore(fresh)
    database = made.database
    store = made.store
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    await store.db.deleteFrom('idempotency_keys').execute()
    await store.db.deleteFrom('settings').execute()
  })

  let runs = 0
  beforeEach(() => {
    runs = 0
  })
  const work = async (trx: Trx) => {
    const run = ++runs
    await trx
      .insertInto('settings')
      .values({ name: `run ${run}`, value: '1', updated_at: 0 })
      .execute()
    return { run, text: '猫砂', none: null }
  }
  const run = (keyed: KeyedRequest | null, inner = work) =>
    store.transaction((trx) => once(store, trx, keyed, 0, () => inner(trx)))
  const effects = async () =>
    (await store.db.selectFrom('settings').select('name').execute()).length

  test('give a repetition the first answer, and no second effect', async () => {
    const first = await run(request('k'))
    expect(await run(request('k'))).toEqual(first)
    expect(await run(request('k'))).toEqual({ run: 1, text: '猫砂', none: null })
    expect(await effects()).toBe(1)
    expect(await run(request('other'))).toMatchObject({ run: 2 })
  })

  test('refuse another body under the same key', async () => {
    await run(request('k'))
    await expect(run(request('k', 'something else'))).rejects.toMatchObject({
      code: keyReused.code,
      status: 422,
    })
    expect(await effects()).toBe(1)
  })

  test('are free again when the work failed', async () => {
    const failed = run(request('k'), async (trx) => {
      await work(trx)
      throw new Error('no stock')
    })
    await expect(failed).rejects.toThrow('no stock')
    expect(await effects()).toBe(0)
    expect(await run(request('k', 'and with another body'))).toMatchObject({ run: 2 })
  })

  test('let duplicates that come at once share one effect and one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => run(request('k'))))
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ run: answers[0]!.run, text: '猫砂', none: null })]),
    )
    expect(await effects()).toBe(1)
  })

  test('do so whichever process they come to, in whatever order they claim them', async () => {
    const stores = [store, await database.open(), await database.open()]
    const keys = ['a', 'b', 'c', 'd', 'e', 'f']
    const answers = await Promise.all(
      Array.from({ length: 15 }, async (_, i) => {
        const own = stores[i % 3]!
        const wanted = (i % 2 ? keys : keys.toReversed()).map((key) => request(key))
        return own.transaction(async (trx) => {
          const claims = await claimKeys(own, trx, wanted, 0)
          const fresh = [...claims].filter(([, claim]) => claim.state === 'fresh')
          for (const [hash] of fresh) await put(trx, hash.slice(0, 60))
          const mine = fresh.map(([keyHash]) => ({ keyHash, response: JSON.stringify(i) }))
          await keepAnswers(own, trx, mine)
          return [...claims.values()].map((claim) =>
            claim.state === 'answered'
              ? Number(claim.response)
              : claim.state === 'fresh'
                ? i
                : claim,
          )
        })
      }),
    )
    expect(new Set(answers.flat()).size).toBe(1)
    expect(await effects()).toBe(6)
  })

  // SQLite's writers take turns: the second would not even begin.
  if (engine !== 'sqlite') {
    test('answer 409 when the first takes longer than a caller should wait', async () => {
      const gate = Promise.withResolvers<void>()
      const begun = Promise.withResolvers<void>()
      const first = run(request('slow'), async (trx) => {
        const result = await work(trx)
        begun.resolve()
        await gate.promise
        return result
      })
      await begun.promise
      const start = performance.now()
      await expect(run(request('slow'))).rejects.toMatchObject({
        code: keyInProgress.code,
        status: 409,
      })
      const waited = performance.now() - start
      expect(waited).toBeGreaterThan(2000)
      expect(waited).toBeLessThan(7000)
      gate.resolve()
      expect(await run(request('slow'))).toEqual(await first)
      expect(await effects()).toBe(1)
    })
  }

  test('are not needed: without one the work just runs', async () => {
    expect([await run(null), await run(null)]).toMatchObject([{ run: 1 }, { run: 2 }])
  })

  test('are claimed together, each with its own fate', async () => {
    await run(request('done'))
    await run(request('other body'))
    // What another engine's transaction would leave while it is still under way.
    await store.db
      .insertInto('idempotency_keys')
      .values({
        key_hash: hash('busy'),
        body_hash: hash('body'),
        response: 'claimed by another transaction',
        created_at: 0,
      })
      .execute()
    const wanted = [request('new'), request('done'), request('busy'), request('other body', 'b')]
    const claims = await store.transaction((trx) => claimKeys(store, trx, wanted, 0))
    expect(wanted.map(({ keyHash }) => claims.get(keyHash)?.state)).toEqual([
      'fresh',
      'answered',
      'in_progress',
      'reused',
    ])
    await expect(run(request('busy'))).rejects.toMatchObject({ code: keyInProgress.code })
  })

  test('are forgotten after 30 days, not before', async () => {
    await run(request('k'))
    await store.transaction((trx) => pruneKeys(trx, 30 * DAY))
    expect(await run(request('k'))).toMatchObject({ run: 1 })
    await store.transaction((trx) => pruneKeys(trx, 30 * DAY + 1))
    expect(await run(request('k'))).toMatchObject({ run: 2 })
  })
})
