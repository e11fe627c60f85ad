// Promise 24: poison messages are set aside, the healthy ones go on, and what was mended is replayed once.
import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../../src/platform/config.ts'
import { openStore, type Store } from '../../../src/platform/db/store.ts'
import { breakTable } from '../../../tests/support/broken-table.ts'
import { type Fleet, untilAllIsDone } from '../../../tests/support/fleet.ts'
import { until } from '../../../tests/support/load.ts'
import { openCaller } from '../ask.ts'
import type { Buyers } from '../buyers.ts'
import type { Run, Scenario } from '../scenario.ts'
import { closeBooks, MINUTE, openDoors, openShop, patiently } from '../scene.ts'

/** One event in so many can't be read. */
const ONE_IN = 100
/** Of a healthy order until it is confirmed. Promised is a second; a busy machine is given more. */
const LAG_MS = 10_000
const PEOPLE = 20

export const poison: Scenario = {
  name: 'poison',
  promise: 24,
  title:
    '1 % of the events unreadable, one customer whose orders cannot be confirmed; mended, replayed',
  unit: 'poisoned deliveries',
  promised: 10_000,
  async run(run) {
    const goods = { buyers: PEOPLE, onHand: [1_000_000, 1_000_000] }
    const fleet = await openShop(run, { ...goods, engines: {} })
    const store = await openStore({ store: readConfig(fleet.env).store })
    run.onEnd(() => store.close())
    const server = await fleet.whole()
    const buyers = openDoors(run, fleet, { urls: () => [server.url], pauseMs: 40 })
    for (let round = 0; run.goesOn(round, 1); round++) {
      await poisonUntilMended(run, fleet, store, buyers)
      await replayAll(run, fleet, store, server.url)
    }
    // What was read before the mending may have been set aside after it.
    await buyers.stop()
    await untilAllIsDone(fleet, 2 * MINUTE)
    await replayAll(run, fleet, store, server.url)
    await closeBooks(run, fleet, [buyers])
  },
}

async function poisonUntilMended(run: Run, fleet: Fleet, store: Store, buyers: Buyers) {
  const victim = run.random.pick(fleet.stage.buyers).user_id
  await damageEvents(store)
  const when = `new.status = 'confirmed' and new.user_id = ${victim}`
  await patiently(() => breakTable(store, 'update', 'orders', when))
  run.fault(`one event in ${ONE_IN} unreadable; no order of customer ${victim} can be confirmed`)
  let enough = false
  const watched = watchHealthy(run, store, victim, () => enough)
  await buyers.more(Math.max(150, Math.min(2000, run.secondsLeft() * 10)))
  await until('a dead letter is there', async () => (await deadLetters(store)) > 0)
  await until('a delivery is tried again', async () => (await retrying(store)) > 0)
  enough = true
  await watched
  await patiently(() => sql`drop trigger broken`.execute(store.db))
  await mendEvents(store)
}

/** What is written to the outbox is damaged there; the truth is kept aside. */
async function damageEvents(store: Store): Promise<void> {
  await change(
    store,
    'create table if not exists torture_kept (event_id text primary key, payload text)',
  )
  await change(
    store,
    `create trigger damaged after insert on outbox
      when new.type = 'order.placed' and new.outbox_id % ${ONE_IN} = 0 begin
        insert into torture_kept values (new.event_id, new.payload);
        update outbox set payload = '{' where outbox_id = new.outbox_id;
      end`,
  )
}

const IS_KEPT = 'event_id in (select event_id from torture_kept)'
const kept = (table: string) =>
  `(select k.payload from torture_kept k where k.event_id = ${table}.event_id)`

/** Where they stand. */
async function mendEvents(store: Store): Promise<void> {
  await change(store, 'drop trigger damaged')
  await change(store, `update outbox set payload = ${kept('outbox')} where ${IS_KEPT}`)
}

/** Where they were set aside. */
async function mendDeadLetters(store: Store): Promise<void> {
  await change(
    store,
    `update failed_deliveries set event = json_set(event, '$.payload',
       json(${kept('failed_deliveries')})) where ${IS_KEPT}`,
  )
}

function change({ db }: Store, statement: string): Promise<void> {
  return patiently(() => sql.raw(statement).execute(db))
}

/** How long the orders of everybody else wait to be confirmed, events that nobody can read aside. */
async function watchHealthy(run: Run, { db }: Store, victim: number, isOver: () => boolean) {
  while (!isOver()) {
    const now = Date.now()
    const { rows } = await sql<{ oldest: number | null }>`
      select min(created_at) as oldest from orders where status = 'pending' and user_id <> ${victim}
        and order_id not in (select cast(event_key as integer) from outbox
          join torture_kept using (event_id))`.execute(db)
    const lag = rows[0]?.oldest ? now - rows[0].oldest : 0
    run.most('healthy lag, ms', lag)
    if (lag > LAG_MS) run.problem(`a healthy order waited ${lag} ms`)
    await sleep(50)
  }
}

async function replayAll(run: Run, fleet: Fleet, store: Store, url: string): Promise<void> {
  await mendDeadLetters(store)
  const dead = await fleet.store.db
    .selectFrom('failed_deliveries')
    .select('failed_delivery_id')
    .where('state', '=', 'dead')
    .execute()
  const caller = openCaller()
  for (const { failed_delivery_id: id } of dead) {
    const answer = await caller.ask(url, {
      method: 'POST',
      path: `/api/system/dead-letters/${id}/replay`,
      token: fleet.stage.owner.token,
      timeoutMs: 30_000,
    })
    if (typeof answer === 'string' || answer.status !== 200)
      run.problem(`dead letter ${id} was not replayed: ${JSON.stringify(answer)}`)
  }
  caller.close()
  run.count('replayed dead letters', dead.length)
  run.count('poisoned deliveries', dead.length + (await retrying(fleet.store)))
  const left = () => retrying(fleet.store)
  await until('everything that was mended is done', async () => (await left()) === 0, 2 * MINUTE)
}

const deadLetters = (store: Pick<Store, 'db'>) => failedOf(store, 'dead')
const retrying = (store: Pick<Store, 'db'>) => failedOf(store, 'retrying')

async function failedOf({ db }: Pick<Store, 'db'>, state: string): Promise<number> {
  const rows = db.selectFrom('failed_deliveries').select('event_id').where('state', '=', state)
  return (await rows.execute()).length
}
