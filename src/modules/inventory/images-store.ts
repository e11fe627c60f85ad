// Owns which products show a picture: as their first, which `inventory` names, or as a further one.
import { insertAll } from '../../platform/db/insert.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { furtherImages, type KeptImages } from './images-rules.ts'

type Images = KeptImages & { readonly product_id: number }

/** Of new products. */
export async function insertImages(
  store: Store,
  trx: Trx,
  products: readonly Images[],
): Promise<void> {
  const rows = products.flatMap((product) =>
    furtherImages(product).map((image_url) => ({ image_url, product_id: product.product_id })),
  )
  await insertAll(store, trx, 'product_pictures', rows)
}

/** Of a product that the transaction has locked. */
export async function changeImages(
  store: Store,
  trx: Trx,
  before: Images,
  after: Images,
): Promise<void> {
  const { product_id } = before
  const [old, now] = [new Set(furtherImages(before)), new Set(furtherImages(after))]
  const gone = [...old.difference(now)]
  if (gone.length > 0) {
    await trx
      .deleteFrom('product_pictures')
      .where('image_url', 'in', gone)
      .where('product_id', '=', product_id)
      .execute()
  }
  const added = [...now.difference(old)].map((image_url) => ({ image_url, product_id }))
  await insertAll(store, trx, 'product_pictures', added)
}

/** Which of these addresses of pictures some product shows, archived ones too. */
export async function namedImages(reader: Reader, urls: readonly string[]): Promise<string[]> {
  const first = await reader
    .selectFrom('inventory')
    .select('image_url')
    .distinct()
    .where('image_url', 'in', urls)
    .execute()
  const further = await reader
    .selectFrom('product_pictures')
    .select('image_url')
    .distinct()
    .where('image_url', 'in', urls)
    .execute()
  return [...first, ...further].flatMap(({ image_url }) => image_url ?? [])
}
