// Owns the HTTP side of counts.
import Type from 'typebox'
import { Id, itemList, oneItem, ref, toTimestamp, toTimestampOrNull } from '../../lib/wire.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Reader } from '../../platform/db/store.ts'
import { callerOf, causeOf } from '../../platform/http/access.ts'
import { notFound } from '../../platform/http/errors.ts'
import { keyOf } from '../../platform/http/idempotency.ts'
import { allowNoBody, NoBody } from '../../platform/http/no-body.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import { cancelCount, enterCount, postCount, startCount } from './stock-counts-actions.ts'
import {
  CountEntry,
  CountLineQuery,
  CountPosting,
  CountQuery,
  type CountState,
  NewCount,
  StockCount,
  StockCountLine,
} from './stock-counts-schema.ts'
import {
  type CountRow,
  countSums,
  findCount,
  listCountLines,
  listCounts,
} from './stock-counts-store.ts'

const tags = ['stock']
const CountId = Type.Object({ count_id: Id })
const LineId = Type.Object({ count_id: Id, product_id: Id })
const CountAnswer = answers(200, oneItem(ref(StockCount)))

export interface CountRoutesOptions {
  readonly core: Core
  readonly countIds: Sequence
  readonly documentIds: Sequence
  readonly usernames: (
    reader: Reader,
    ids: readonly number[],
  ) => Promise<ReadonlyMap<number, string>>
}

export function stockCountRoutes(app: HttpServer, options: CountRoutesOptions): void {
  const schemas = [NewCount, StockCount, StockCountLine, CountEntry, CountPosting]
  for (const schema of schemas) app.addSchema(schema)
  startRoute(app, options)
  readRoutes(app, options)
  entryRoute(app, options)
  closingRoutes(app, options)
}

function startRoute(app: HttpServer, options: CountRoutesOptions): void {
  const { core, countIds } = options
  app.post(
    '/api/inventory/counts',
    {
      config: { access: 'clerk', keyed: true },
      schema: {
        tags,
        summary: 'Start a count of a category, or of everything',
        description: 'Products on sale, and others of which some are there.',
        body: ref(NewCount),
        response: answers(201, oneItem(ref(StockCount))),
      },
    },
    async (request, reply) => {
      const [caller, cause, key] = [callerOf(request), causeOf(request), keyOf(request)]
      const row = await startCount(core.store, countIds, caller, cause, key, request.body)
      return reply.code(201).send({ status: 'success', item: await presentOne(options, row) })
    },
  )
}

function readRoutes(app: HttpServer, options: CountRoutesOptions): void {
  const { db } = options.core.store
  app.get(
    '/api/inventory/counts',
    {
      config: { access: 'clerk' },
      schema: {
        tags,
        summary: 'Counts, newest first',
        querystring: CountQuery,
        response: answers(200, itemList(ref(StockCount))),
      },
    },
    async (request) => {
      const { limit = 20, ...query } = request.query
      const page = await listCounts(db, { ...query, limit })
      const items = await presentAll(options, page.items)
      return { status: 'success' as const, items, next_cursor: page.next_cursor }
    },
  )

  app.get(
    '/api/inventory/counts/:count_id',
    {
      config: { access: 'clerk' },
      schema: { tags, summary: 'One count', params: CountId, response: CountAnswer },
    },
    async (request) => {
      const row = await findCount(db, request.params.count_id)
      if (!row) throw notFound()
      return { status: 'success' as const, item: await presentOne(options, row) }
    },
  )

  app.get(
    '/api/inventory/counts/:count_id/lines',
    {
      config: { access: 'clerk' },
      schema: {
        tags,
        summary: 'The lines of a count, by product',
        params: CountId,
        querystring: CountLineQuery,
        response: answers(200, itemList(ref(StockCountLine))),
      },
    },
    async (request) => {
      const { count_id } = request.params
      const { limit = 20, ...query } = request.query
      if (!(await findCount(db, count_id))) throw notFound()
      const page = await listCountLines(db, count_id, { ...query, limit })
      const items = page.items.map((row) => ({ ...row, ...presentEntry(row) }))
      return { status: 'success' as const, items, next_cursor: page.next_cursor }
    },
  )
}

function entryRoute(app: HttpServer, { core }: CountRoutesOptions): void {
  app.put(
    '/api/inventory/counts/:count_id/lines/:product_id',
    {
      config: { access: 'clerk' },
      schema: {
        tags,
        summary: 'Enter how many of a product were found; null takes it back',
        description:
          'The difference is against the stock of this moment, or of `counted_at` for a sheet that is entered later: what is sold afterwards is no difference.',
        params: LineId,
        body: ref(CountEntry),
        response: answers(200, oneItem(Type.Pick(StockCountLine, ENTRY))),
      },
    },
    async (request) => {
      const [caller, cause] = [callerOf(request), causeOf(request)]
      const row = await enterCount(core.store, caller, cause, request.params, request.body)
      const { product_id } = row
      return { status: 'success' as const, item: { product_id, ...presentEntry(row) } }
    },
  )
}

const ENTRY = [
  'product_id',
  'counted',
  'expected',
  'difference',
  'counted_by',
  'counted_at',
] as const

function closingRoutes(app: HttpServer, options: CountRoutesOptions): void {
  const { core, documentIds } = options
  app.put(
    '/api/inventory/counts/:count_id/posting',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: 'Post the differences as adjustments, as one document',
        description: 'What nobody counted stays as it is.',
        params: CountId,
        body: ref(CountPosting),
        response: CountAnswer,
      },
    },
    async (request) => {
      const { count_id } = request.params
      const [caller, cause] = [callerOf(request), causeOf(request)]
      const row = await postCount(core.store, documentIds, caller, cause, count_id, request.body)
      return { status: 'success' as const, item: await presentOne(options, row) }
    },
  )

  app.put(
    '/api/inventory/counts/:count_id/cancellation',
    {
      config: { access: 'clerk' },
      preValidation: allowNoBody,
      schema: {
        tags,
        summary: 'Give a count up: nothing comes of it',
        params: CountId,
        body: NoBody,
        response: CountAnswer,
      },
    },
    async (request) => {
      const { count_id } = request.params
      const row = await cancelCount(core.store, callerOf(request), causeOf(request), count_id)
      return { status: 'success' as const, item: await presentOne(options, row) }
    },
  )
}

interface Entry {
  readonly counted: number | null
  readonly expected: number | null
  readonly counted_by: number | null
  readonly counted_at: number | null
}

function presentEntry({ counted, expected, counted_by, counted_at }: Entry) {
  const difference = counted === null || expected === null ? null : counted - expected
  return { counted, expected, difference, counted_by, counted_at: toTimestampOrNull(counted_at) }
}

async function presentOne(options: CountRoutesOptions, row: CountRow): Promise<StockCount> {
  const [count] = await presentAll(options, [row])
  if (!count) throw notFound()
  return count
}

async function presentAll(
  { core, usernames }: CountRoutesOptions,
  rows: readonly CountRow[],
): Promise<StockCount[]> {
  const { db } = core.store
  const sums = await countSums(
    db,
    rows.map((row) => row.count_id),
  )
  const names = await usernames(db, [...new Set(rows.map((row) => row.started_by))])
  return rows.map((row) => ({
    ...row,
    state: row.state as CountState,
    starter: names.get(row.started_by) ?? null,
    started_at: toTimestamp(row.started_at),
    closed_at: toTimestampOrNull(row.closed_at),
    ...(sums.get(row.count_id) ?? { lines: 0, counted: 0, different: 0 }),
  }))
}
