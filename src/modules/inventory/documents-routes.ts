// Owns the HTTP side of stock documents: goods received, and what was posted as one.
import Type from 'typebox'
import { Id, itemList, oneItem, Page, ref, strict, toTimestamp } from '../../lib/wire.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Reader } from '../../platform/db/store.ts'
import { causeOf } from '../../platform/http/access.ts'
import { notFound } from '../../platform/http/errors.ts'
import { keyOf } from '../../platform/http/idempotency.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import { receiveGoods } from './documents-actions.ts'
import {
  type DocumentKind,
  DocumentQuery,
  NewReceipt,
  StockDocument,
  StockDocumentLine,
} from './documents-schema.ts'
import {
  type DocumentRow,
  findDocument,
  listDocumentLines,
  listDocuments,
  sumsOf,
} from './documents-store.ts'

const tags = ['stock']
const DocumentId = Type.Object({ document_id: Id })

export interface DocumentNeeds {
  readonly usernames: (
    reader: Reader,
    ids: readonly number[],
  ) => Promise<ReadonlyMap<number, string>>
}

export function documentRoutes(
  app: HttpServer,
  { store }: Core,
  documentIds: Sequence,
  needs: DocumentNeeds,
): void {
  for (const schema of [NewReceipt, StockDocument, StockDocumentLine]) app.addSchema(schema)
  const present = (rows: readonly DocumentRow[]) => presentDocuments(store.db, needs, rows)

  app.post(
    '/api/inventory/receipts',
    {
      config: { access: 'clerk', keyed: true },
      schema: {
        tags,
        summary: 'Receive goods: all lines are posted together, as one document',
        description: 'Send an Idempotency-Key to retry safely.',
        body: ref(NewReceipt),
        response: answers(201, oneItem(ref(StockDocument))),
      },
    },
    async (request, reply) => {
      const cause = causeOf(request)
      const row = await receiveGoods(store, documentIds, cause, keyOf(request), request.body)
      const [item] = await present([row])
      if (!item) throw notFound()
      return reply.code(201).send({ status: 'success', item })
    },
  )

  app.get(
    '/api/inventory/documents',
    {
      config: { access: 'clerk' },
      schema: {
        tags,
        summary: 'Documents of stock, newest first',
        querystring: DocumentQuery,
        response: answers(200, itemList(ref(StockDocument))),
      },
    },
    async (request) => {
      const { limit = 20, ...query } = request.query
      const page = await listDocuments(store.db, { ...query, limit })
      const items = await present(page.items)
      return { status: 'success' as const, items, next_cursor: page.next_cursor }
    },
  )

  app.get(
    '/api/inventory/documents/:document_id',
    {
      config: { access: 'clerk' },
      schema: {
        tags,
        summary: 'One document of stock',
        params: DocumentId,
        response: answers(200, oneItem(ref(StockDocument))),
      },
    },
    async (request) => {
      const row = await findDocument(store.db, request.params.document_id)
      const [item] = row ? await present([row]) : []
      if (!item) throw notFound()
      return { status: 'success' as const, item }
    },
  )

  app.get(
    '/api/inventory/documents/:document_id/lines',
    {
      config: { access: 'clerk' },
      schema: {
        tags,
        summary: 'What a document moved, by product',
        params: DocumentId,
        querystring: Type.Object(Page, strict),
        response: answers(200, itemList(ref(StockDocumentLine))),
      },
    },
    async (request) => {
      const { document_id } = request.params
      const { limit = 20, cursor } = request.query
      if (!(await findDocument(store.db, document_id))) throw notFound()
      const page = await listDocumentLines(store.db, document_id, { limit, cursor })
      return { status: 'success' as const, ...page }
    },
  )
}

async function presentDocuments(
  reader: Reader,
  { usernames }: DocumentNeeds,
  rows: readonly DocumentRow[],
): Promise<StockDocument[]> {
  const sums = await sumsOf(
    reader,
    rows.map((row) => row.document_id),
  )
  const actors = rows.flatMap((row) => row.actor_id ?? [])
  const names = await usernames(reader, [...new Set(actors)])
  return rows.map((row) => ({
    ...row,
    kind: row.kind as DocumentKind,
    actor: row.actor_id === null ? null : (names.get(row.actor_id) ?? null),
    created_at: toTimestamp(row.created_at),
    ...(sums.get(row.document_id) ?? { lines: 0, units: 0 }),
  }))
}
