// Owns measuring the database: how long its statements take, by engine and kind, at next to no cost.
import type { Prepare } from '../db/prepared.ts'
import type { Store } from '../db/store.ts'
import type { Log } from '../logging.ts'
import type { Metrics } from '../metrics.ts'

/** What the query builder tells after each statement. */
export interface QueryEvent {
  readonly level: 'query' | 'error'
  readonly query: { readonly sql: string; readonly query: { readonly kind: string } }
  readonly queryDurationMillis: number
}

export type OnQuery = (event: QueryEvent) => void

type Kind = 'select' | 'insert' | 'update' | 'delete' | 'other'

const KINDS: Readonly<Record<string, Kind>> = {
  SelectQueryNode: 'select',
  InsertQueryNode: 'insert',
  UpdateQueryNode: 'update',
  DeleteQueryNode: 'delete',
}

/** Reads of one row come by the ten thousand a second: measuring each would be felt. */
const EVERY = 16

/** @param log of the category `database`; null when that is off. Values are never written, only the statement */
export function watchQueries(metrics: Metrics, engine: string, log: Log | null): OnQuery {
  return ({ level, query, queryDurationMillis: ms }) => {
    const kind = KINDS[query.query.kind] ?? 'other'
    metrics.querySeconds.observe({ engine, kind }, ms / 1000)
    log?.info(
      {
        'event.duration': Math.round(ms * 1e6),
        'event.outcome': level === 'query' ? 'success' : 'failure',
        'db.statement': query.sql,
      },
      `${kind} in the database`,
    )
  }
}

/** The store, with its prepared reads and its checkpoints measured as well. */
export function watchStore(store: Store, metrics: Metrics): Store {
  // Elsewhere both go through the query builder, or don't exist.
  if (store.dialect.remote) return store
  const labels = { engine: store.dialect.name, kind: 'point' }
  let turn = 0
  async function measured<T>(run: () => Promise<T>): Promise<T> {
    const begin = performance.now()
    const result = await run()
    metrics.querySeconds.observe(labels, (performance.now() - begin) / 1000)
    return result
  }
  const prepare: Prepare = (query) => {
    const run = store.prepare(query)
    return (...values) => (++turn % EVERY === 0 ? measured(() => run(...values)) : run(...values))
  }
  return {
    ...store,
    prepare,
    async checkpoint() {
      const stop = metrics.checkpointSeconds.startTimer()
      await store.checkpoint()
      stop()
    },
  }
}
