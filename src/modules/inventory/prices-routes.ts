// Owns the HTTP side of what managers ask about a product besides its stock: earlier prices, and a barcode.
import Type from 'typebox'
import { Id, itemList, oneItem, Page, ref, strict, toTimestamp } from '../../lib/wire.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import { notFound } from '../../platform/http/errors.ts'
import { allowNoBody, NoBody } from '../../platform/http/no-body.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import { newBarcode } from './barcode-actions.ts'
import { listPriceChanges, type PriceChangeRow } from './prices-store.ts'
import { NewBarcode, PriceChange } from './schema.ts'
import { findProduct } from './store.ts'

const tags = ['stock']

export function priceRoutes(app: HttpServer, { store }: Core, barcodeNumbers: Sequence): void {
  for (const schema of [PriceChange, NewBarcode]) app.addSchema(schema)

  app.get(
    '/api/inventory/:product_id/prices',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: 'How the price of a product changed, newest first',
        params: Type.Object({ product_id: Id }),
        querystring: Type.Object(Page, strict),
        response: answers(200, itemList(ref(PriceChange))),
      },
    },
    async (request) => {
      const { limit = 20, cursor } = request.query
      const { product_id } = request.params
      if (!(await findProduct(store.db, product_id))) throw notFound()
      const page = await listPriceChanges(store.db, product_id, { limit, cursor })
      return {
        status: 'success' as const,
        items: page.items.map(presentPriceChange),
        next_cursor: page.next_cursor,
      }
    },
  )

  app.post(
    '/api/inventory/barcodes',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: "A new barcode of the shop's own (EAN-13 beginning with 21)",
        description: 'No product has it, and nobody gets it again. It is not reserved in any way.',
        body: NoBody,
        response: answers(201, oneItem(ref(NewBarcode))),
      },
      preValidation: allowNoBody,
    },
    async (_request, reply) => {
      const barcode = await newBarcode(store.db, barcodeNumbers)
      return reply.code(201).send({ status: 'success', item: { barcode } })
    },
  )
}

function presentPriceChange({ from_cents, to_cents, changed_by, changed_at }: PriceChangeRow) {
  return { from_cents, to_cents, changed_by, changed_at: toTimestamp(changed_at) }
}
