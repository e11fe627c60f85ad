// Owns the HTTP side of saved views.
import Type from 'typebox'
import { Done, Id, itemList, oneItem, ref, strict } from '../../lib/wire.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Store } from '../../platform/db/store.ts'
import { callerOf, causeOf } from '../../platform/http/access.ts'
import { keyOf } from '../../platform/http/idempotency.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import { changeView, removeView, saveView } from './actions.ts'
import { NewView, SavedView, ViewPatch, ViewQuery } from './schema.ts'
import { listViews } from './store.ts'

const tags = ['views']
const ViewId = Type.Object({ view_id: Id }, strict)
const access = 'clerk' as const

export function viewRoutes(app: HttpServer, store: Store, viewIds: Sequence): void {
  for (const schema of [SavedView, NewView, ViewPatch]) app.addSchema(schema)

  app.get(
    '/api/views',
    {
      config: { access },
      schema: {
        tags,
        summary: 'One’s own saved views, by name',
        querystring: ViewQuery,
        response: answers(200, itemList(ref(SavedView))),
      },
    },
    async (request) => {
      const items = await listViews(store.db, callerOf(request).user_id, request.query.page)
      return { status: 'success' as const, items, next_cursor: null }
    },
  )

  app.post(
    '/api/views',
    {
      config: { access, keyed: true },
      schema: {
        tags,
        summary: 'Save the filters of a page under a name',
        body: ref(NewView),
        response: answers(201, oneItem(ref(SavedView))),
      },
    },
    async (request, reply) => {
      const [caller, cause] = [callerOf(request), causeOf(request)]
      const item = await saveView(store, viewIds, caller, cause, keyOf(request), request.body)
      return reply.code(201).send({ status: 'success', item })
    },
  )

  app.patch(
    '/api/views/:view_id',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Rename a view, or give it other filters',
        params: ViewId,
        body: ref(ViewPatch),
        response: answers(200, oneItem(ref(SavedView))),
      },
    },
    async (request) => {
      const { view_id } = request.params
      const [caller, cause] = [callerOf(request), causeOf(request)]
      const item = await changeView(store, caller, cause, view_id, request.body)
      return { status: 'success' as const, item }
    },
  )

  app.delete(
    '/api/views/:view_id',
    {
      config: { access },
      schema: {
        tags,
        summary: 'Delete a view',
        params: ViewId,
        response: answers(200, Done),
      },
    },
    async (request) => {
      await removeView(store, callerOf(request), request.params.view_id)
      return { status: 'success' as const }
    },
  )
}
