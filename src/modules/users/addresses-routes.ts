// Owns the HTTP side of one's own address book.
import Type from 'typebox'
import { Done, Id, itemList, oneItem, ref, strict } from '../../lib/wire.ts'
import { callerOf, causeOf } from '../../platform/http/access.ts'
import { keyOf } from '../../platform/http/idempotency.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import { addAddress, changeAddress, removeAddress } from './addresses-actions.ts'
import { listAddresses } from './addresses-store.ts'
import type { UsersContext } from './context.ts'
import { Address, AddressPatch, NewAddress } from './schema.ts'

const tags = ['users']
const AddressId = Type.Object({ address_id: Id }, strict)

export function addressRoutes(app: HttpServer, ctx: UsersContext): void {
  for (const schema of [Address, NewAddress, AddressPatch]) app.addSchema(schema)
  const { store } = ctx.core

  app.get(
    '/api/me/addresses',
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: 'One’s own address book, the default first',
        response: answers(200, itemList(ref(Address))),
      },
    },
    async (request) => {
      const items = await listAddresses(store.db, callerOf(request).user_id)
      return { status: 'success' as const, items, next_cursor: null }
    },
  )

  app.post(
    '/api/me/addresses',
    {
      config: { access: 'customer', keyed: true },
      schema: {
        tags,
        summary: 'Add an address; the first one becomes the default',
        body: ref(NewAddress),
        response: answers(201, oneItem(ref(Address))),
      },
    },
    async (request, reply) => {
      const { body } = request
      const item = await addAddress(
        store,
        callerOf(request),
        body,
        keyOf(request),
        causeOf(request),
      )
      return reply.code(201).send({ status: 'success', item })
    },
  )

  app.patch(
    '/api/me/addresses/:address_id',
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: 'Change an address, or make it the default',
        params: AddressId,
        body: ref(AddressPatch),
        response: answers(200, oneItem(ref(Address))),
      },
    },
    async (request) => {
      const { address_id } = request.params
      const caller = callerOf(request)
      const item = await changeAddress(store, caller, address_id, request.body, causeOf(request))
      return { status: 'success' as const, item }
    },
  )

  app.delete(
    '/api/me/addresses/:address_id',
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: 'Delete an address; orders keep their copy',
        params: AddressId,
        response: answers(200, Done),
      },
    },
    async (request) => {
      await removeAddress(store, callerOf(request), request.params.address_id, causeOf(request))
      return { status: 'success' as const }
    },
  )
}
