// Owns the check that API processes are restarted, one after the other, without a visitor or listener noticing.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Finding } from '../verify-deploy/check.ts'
import { listen, openClient } from './client.ts'
import { type Load, quantileOf, startLoad } from './load.ts'
import type { Proxy } from './proxies.ts'
import { type Api, type Stage, until } from './stage.ts'

const PER_SECOND = 200
const PAUSE_MS = 1500
/** Of each process: what goes wrong once in a while is seen sooner. */
const ROUNDS = 2

export interface Watched {
  /** What failed for the visitors, and what the owner's page missed. */
  readonly problems: readonly string[]
  readonly answered: number
  readonly figures: string
}

export async function checkRestarts(
  proxy: Proxy,
  stage: Stage,
  apis: readonly Api[],
): Promise<Finding> {
  const gone: number[] = []
  const { answered, figures, problems } = await underLoad(proxy, stage, apis, async () => {
    for (const api of Array.from({ length: ROUNDS }, () => apis).flat()) {
      await sleep(PAUSE_MS)
      const begun = performance.now()
      await api.restart()
      gone.push((performance.now() - begun) / 1000)
    }
    await sleep(PAUSE_MS)
  })
  const away = `${Math.max(...gone).toFixed(1)} s`
  const of = `requests, ${gone.length} restarts of an API process (away for ${away} at most): ${figures}`
  return { count: answered, of, by: proxy.name, problems }
}

/** Does something to the shop while visitors come and the owner's page listens. @param root whose doctor is asked */
export async function underLoad(
  proxy: Pick<Proxy, 'port'>,
  stage: Stage,
  apis: readonly Api[],
  work: () => Promise<void>,
  root?: string,
): Promise<Watched> {
  const { ask, close } = openClient(proxy.port)
  const listener = await listen(proxy.port, stage.owner.token)
  const load = startLoad(ask, stage.customers, PER_SECOND)
  const problems: string[] = []
  await work().catch((error: Error) => problems.push(error.message))
  const rate = await load.stop()
  const heardAll = () => missedBy(load, listener.heard).length === 0
  await until('the owner has heard of all', heardAll, 30).catch(() => undefined)
  const isDone = async () => (await stage.backlog(apis[0] as Api)) === 0
  await until('all events are done', isDone).catch(async (error: unknown) => {
    const groups = await stage.petshop(['events', 'groups'], root)
    throw new Error(`${String(error)}\n${groups}\n${stage.lastWords()}`, { cause: error })
  })
  const missed = missedBy(load, listener.heard)
  const cuts = listener.cuts()
  listener.close()
  close()
  const ids = listener.heard.map(({ id }) => id)
  problems.push(
    ...load.failures,
    ...listener.refusals,
    ...missed.map((id) => `the owner's page never heard of order ${id}`),
    ...(ids.some((id, i) => i > 0 && id !== (ids[i - 1] ?? 0) + 1)
      ? ['the owner heard something twice, or with a gap']
      : []),
    ...(await stage.petshop(['doctor'], root).then(
      () => [],
      (error: Error) => [error.message],
    )),
  )
  const p99 = quantileOf(load.times, 0.99).toFixed(0)
  const figures =
    `${load.failures.length} failed, ${load.orders.size} orders, ${rate.toFixed(0)} a second, p99 ${p99} ms; ` +
    `live: ${ids.length} heard, ${missed.length} missed, ${cuts} reconnects`
  return { problems, answered: load.answered(), figures }
}

function missedBy(load: Load, heard: readonly { readonly order_id: number | undefined }[]) {
  const known = new Set(heard.map(({ order_id }) => order_id))
  return [...load.orders].filter((id) => !known.has(id))
}
