// Owns the HTTP side of past imports: what they did, and undoing them.
import Type from 'typebox'
import {
  Id,
  itemList,
  oneItem,
  Page,
  ref,
  strict,
  toTimestamp,
  toTimestampOrNull,
} from '../../lib/wire.ts'
import type { Reader } from '../../platform/db/store.ts'
import { causeOf } from '../../platform/http/access.ts'
import { notFound } from '../../platform/http/errors.ts'
import { allowNoBody, NoBody } from '../../platform/http/no-body.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import {
  countOutcomes,
  findImport,
  type ImportRecord,
  listImports,
  listKept,
} from './import-records-store.ts'
import { undoImport, type Undoing } from './import-undo-actions.ts'
import { KeptProduct, PastImport } from './imports-schema.ts'

const tags = ['stock']
const ImportId = Type.Object({ import_id: Id })

export interface ImportsNeeds {
  readonly usernames: (
    reader: Reader,
    ids: readonly number[],
  ) => Promise<ReadonlyMap<number, string>>
}

export function pastImportRoutes(app: HttpServer, undoing: Undoing, needs: ImportsNeeds): void {
  for (const schema of [PastImport, KeptProduct]) app.addSchema(schema)
  const { db } = undoing.store

  app.get(
    '/api/inventory/imports',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: 'Imports that wrote something, newest first',
        querystring: Type.Object(Page, strict),
        response: answers(200, itemList(ref(PastImport))),
      },
    },
    async (request) => {
      const { limit = 20, cursor } = request.query
      const page = await listImports(db, { limit, cursor })
      const items = await presentImports(db, needs, page.items)
      return { status: 'success' as const, items, next_cursor: page.next_cursor }
    },
  )

  app.get(
    '/api/inventory/imports/:import_id/kept',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: 'Products that undoing left as they are, wholly or in part, and why',
        params: ImportId,
        querystring: Type.Object(Page, strict),
        response: answers(200, itemList(ref(KeptProduct))),
      },
    },
    async (request) => {
      const { import_id } = request.params
      const { limit = 20, cursor } = request.query
      if (!(await findImport(db, import_id))) throw notFound()
      const page = await listKept(db, import_id, { limit, cursor })
      const items = page.items.map((row) => ({
        ...row,
        action: row.action as KeptProduct['action'],
        outcome: (row.outcome ?? 'changed') as KeptProduct['outcome'],
      }))
      return { status: 'success' as const, items, next_cursor: page.next_cursor }
    },
  )

  app.put(
    '/api/inventory/imports/:import_id/reversal',
    {
      config: { access: 'manager' },
      preValidation: allowNoBody,
      schema: {
        tags,
        summary: 'Undo an import: its quantities go out again, its changes go back',
        description:
          'What somebody has touched since stays as it is, and is named. New products are archived, and their SKUs and barcodes are free again. Repeated, it changes nothing more.',
        params: ImportId,
        body: NoBody,
        response: answers(200, oneItem(ref(PastImport))),
      },
    },
    async (request) => {
      const row = await undoImport(undoing, causeOf(request), request.params.import_id)
      const [item] = await presentImports(db, needs, [row])
      if (!item) throw notFound()
      return { status: 'success' as const, item }
    },
  )
}

async function presentImports(
  reader: Reader,
  { usernames }: ImportsNeeds,
  rows: readonly ImportRecord[],
): Promise<PastImport[]> {
  const outcomes = await countOutcomes(
    reader,
    rows.map((row) => row.document_id),
  )
  const sum = (id: number, wanted: (outcome: string) => boolean) =>
    outcomes
      .filter((each) => each.document_id === id && each.outcome !== null && wanted(each.outcome))
      .reduce((lines, each) => lines + each.lines, 0)
  const actors = rows.flatMap((row) => row.actor_id ?? [])
  const names = await usernames(reader, [...new Set(actors)])
  return rows.map((row) => ({
    import_id: row.document_id,
    actor_id: row.actor_id,
    actor: row.actor_id === null ? null : (names.get(row.actor_id) ?? null),
    created_at: toTimestamp(row.created_at),
    created: row.created,
    updated: row.updated,
    undone_at: toTimestampOrNull(row.undone_at),
    undo_document_id: row.undo_document_id,
    undone: sum(row.document_id, (outcome) => outcome === 'undone' || outcome === 'partly'),
    kept: sum(row.document_id, (outcome) => outcome !== 'undone'),
  }))
}
