// Owns the HTTP side of products and stock.
import Type from 'typebox'
import { defineError } from '../../lib/errors.ts'
import { isStaff } from '../../lib/roles.ts'
import { Id, itemList, oneItem, Page, ref, strict } from '../../lib/wire.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Reader } from '../../platform/db/store.ts'
import { callerOf, causeOf } from '../../platform/http/access.ts'
import { notAllowed, notFound } from '../../platform/http/errors.ts'
import { keyOf } from '../../platform/http/idempotency.ts'
import { answers } from '../../platform/http/openapi.ts'
import { sendJsonText } from '../../platform/http/json-text.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import { changeProduct, createProduct } from './actions.ts'
import type { Catalogue } from './catalogue-actions.ts'
import { priceRoutes } from './prices-routes.ts'
import { productText } from './text-rules.ts'
import { presentProduct } from './rules.ts'
import {
  CategoryCount,
  InventoryItem,
  InventoryQuery,
  Movement,
  NewMovement,
  NewProduct,
  ProductPatch,
} from './schema.ts'
import { presentMovement, recordMovement } from './stock-actions.ts'
import { findProduct } from './store.ts'
import { suggestRoutes } from './suggest-routes.ts'
import { listMovements } from './stock-store.ts'

const ProductId = Type.Object({ product_id: Id })
const tags = ['stock']

const unknownOrder = defineError('UNKNOWN_ORDER', 422, {
  zh: 'order_id：没有这张订单。',
  en: 'order_id: there is no such order.',
})

export interface InventoryRoutesOptions {
  readonly core: Core
  readonly productIds: Sequence
  /** Of the shop's own barcodes. */
  readonly barcodeNumbers: Sequence
  readonly catalogue: Catalogue
  /** Do customers see quantities? */
  readonly showStock: () => Promise<boolean>
  /** Of a new product, when nobody says another. */
  readonly lowStockThreshold: () => Promise<number>
  /** Is this an order that a movement may name as its document? */
  readonly orderExists: (reader: Reader, order_id: number) => Promise<boolean>
}

export function inventoryRoutes(app: HttpServer, options: InventoryRoutesOptions): void {
  const schemas = [InventoryItem, CategoryCount, NewProduct, ProductPatch, NewMovement, Movement]
  for (const schema of schemas) app.addSchema(schema)
  readRoutes(app, options)
  productRoutes(app, options)
  movementRoutes(app, options)
  priceRoutes(app, options.core, options.barcodeNumbers)
  suggestRoutes(app, options.catalogue)
}

function readRoutes(app: HttpServer, { catalogue, showStock }: InventoryRoutesOptions): void {
  app.get(
    '/api/inventory',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Products, a page at a time',
        querystring: InventoryQuery,
        response: answers(200, itemList(ref(InventoryItem))),
      },
    },
    async (request, reply) => {
      const { active = true, limit = 20, ...query } = request.query
      const role = request.caller?.role ?? null
      const show = await showStock()
      // An order by quantity, and its cursors, tell what the shop hides.
      const forStaff = !active || (query.sort === 'quantity' && !show)
      if (forStaff && (role === null || !isStaff(role))) throw notAllowed()
      const page = await catalogue.list({ ...query, active, limit })
      const items = page.items.map((product) => productText(product, role, show))
      const next = JSON.stringify(page.next_cursor)
      const text = `{"status":"success","items":[${items.join()}],"next_cursor":${next}}`
      return sendJsonText(reply, text)
    },
  )

  app.get(
    '/api/inventory/categories',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'The categories in use, with how many products each has',
        response: answers(200, itemList(ref(CategoryCount))),
      },
    },
    async () => ({
      status: 'success' as const,
      items: await catalogue.categories(),
      next_cursor: null,
    }),
  )

  app.get(
    '/api/inventory/:product_id',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'One product',
        params: ProductId,
        response: answers(200, oneItem(ref(InventoryItem))),
      },
    },
    async (request, reply) => {
      const role = request.caller?.role ?? null
      const product = await catalogue.find(request.params.product_id)
      const visible = product && (product.active === 1 || (role !== null && isStaff(role)))
      if (!visible) throw notFound()
      const item = productText(product, role, await showStock())
      return sendJsonText(reply, `{"status":"success","item":${item}}`)
    },
  )
}

function productRoutes(app: HttpServer, options: InventoryRoutesOptions): void {
  const { core, productIds, catalogue, lowStockThreshold } = options
  app.post(
    '/api/inventory',
    {
      config: { access: 'manager', keyed: true },
      schema: {
        tags,
        summary: 'Make a product; its quantity enters the ledger as a receipt',
        body: ref(NewProduct),
        response: answers(201, oneItem(ref(InventoryItem))),
      },
    },
    async (request, reply) => {
      const cause = causeOf(request)
      const { low_stock_threshold = await lowStockThreshold() } = request.body
      const product = { ...request.body, low_stock_threshold }
      const row = await createProduct(core.store, productIds, cause, keyOf(request), product)
      await catalogue.refresh([row])
      const item = presentProduct(row, callerOf(request).role, true)
      return reply.code(201).send({ status: 'success', item })
    },
  )

  app.patch(
    '/api/inventory/:product_id',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: 'Change or archive a product (active: false)',
        params: ProductId,
        body: ref(ProductPatch),
        response: answers(200, oneItem(ref(InventoryItem))),
      },
    },
    async (request) => {
      const { product_id } = request.params
      const row = await changeProduct(core.store, causeOf(request), product_id, request.body)
      await catalogue.refresh([row])
      return {
        status: 'success' as const,
        item: presentProduct(row, callerOf(request).role, true),
      }
    },
  )
}

function movementRoutes(app: HttpServer, { core, orderExists }: InventoryRoutesOptions): void {
  app.post(
    '/api/inventory/:product_id/movements',
    {
      config: { access: 'clerk', keyed: true },
      schema: {
        tags,
        summary: 'Receive, count, adjust, write off or take back stock',
        description:
          'Clerks receive and count; adjustments, write-offs and returns need a manager.',
        params: ProductId,
        body: ref(NewMovement),
        response: answers(201, oneItem(ref(Movement))),
      },
    },
    async (request, reply) => {
      const { order_id } = request.body
      if (order_id !== undefined && !(await orderExists(core.store.db, order_id))) {
        throw unknownOrder({ details: [{ field: 'order_id', problem: 'is unknown' }] })
      }
      const item = await recordMovement(
        core.store,
        callerOf(request),
        causeOf(request),
        keyOf(request),
        request.params.product_id,
        request.body,
      )
      return reply.code(201).send({ status: 'success', item })
    },
  )

  app.get(
    '/api/inventory/:product_id/movements',
    {
      config: { access: 'clerk' },
      schema: {
        tags,
        summary: "A product's ledger, newest first",
        params: ProductId,
        querystring: Type.Object(Page, strict),
        response: answers(200, itemList(ref(Movement))),
      },
    },
    async (request) => {
      const { limit = 20, cursor } = request.query
      const { product_id } = request.params
      if (!(await findProduct(core.store.db, product_id))) throw notFound()
      const page = await listMovements(core.store.db, product_id, {
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      })
      return {
        status: 'success' as const,
        items: page.items.map(presentMovement),
        next_cursor: page.next_cursor,
      }
    },
  )
}
