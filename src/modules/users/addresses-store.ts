// Owns the address books' table. Whose an address is stands in the WHERE: nobody reaches another's.
import type { Selectable } from 'kysely'
import type { Reader, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'
import type { Address, NewAddress } from './schema.ts'

type AddressRow = Selectable<Database['addresses']>

/** The default first, then the newest. */
export async function listAddresses(reader: Reader, user_id: number): Promise<Address[]> {
  const rows = await reader
    .selectFrom('addresses')
    .selectAll()
    .where('user_id', '=', user_id)
    .orderBy('is_default', 'desc')
    .orderBy('address_id', 'desc')
    .execute()
  return rows.map(presentAddress)
}

export async function findAddress(
  reader: Reader,
  user_id: number,
  address_id: number,
): Promise<Address | null> {
  const row = await reader
    .selectFrom('addresses')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('address_id', '=', address_id)
    .executeTakeFirst()
  return row ? presentAddress(row) : null
}

/** @returns the new address's id */
export async function insertAddress(
  trx: Trx,
  user_id: number,
  address: Required<NewAddress>,
  now: number,
): Promise<number> {
  const { is_default, ...texts } = address
  await trx
    .insertInto('addresses')
    .values({
      user_id,
      ...texts,
      is_default: is_default ? 1 : 0,
      created_at: now,
      updated_at: now,
    })
    .execute()
  // The person's row is locked: nobody else adds to this book meanwhile.
  const { newest } = await trx
    .selectFrom('addresses')
    .select((eb) => eb.fn.max('address_id').as('newest'))
    .where('user_id', '=', user_id)
    .executeTakeFirstOrThrow()
  return Number(newest)
}

export async function updateAddress(
  trx: Trx,
  user_id: number,
  address: Address,
  now: number,
): Promise<void> {
  const { address_id, is_default, ...texts } = address
  await trx
    .updateTable('addresses')
    .set({ ...texts, is_default: is_default ? 1 : 0, updated_at: now })
    .where('user_id', '=', user_id)
    .where('address_id', '=', address_id)
    .execute()
}

/** Before another one becomes the default. */
export async function clearDefault(trx: Trx, user_id: number): Promise<void> {
  await trx
    .updateTable('addresses')
    .set({ is_default: 0 })
    .where('user_id', '=', user_id)
    .where('is_default', '=', 1)
    .execute()
}

/** @returns whether there was one */
export async function deleteAddress(
  trx: Trx,
  user_id: number,
  address_id: number,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('addresses')
    .where('user_id', '=', user_id)
    .where('address_id', '=', address_id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** The person is erased. */
export async function deleteAddressBook(trx: Trx, user_id: number): Promise<void> {
  await trx.deleteFrom('addresses').where('user_id', '=', user_id).execute()
}

function presentAddress(row: AddressRow): Address {
  const { address_id, recipient, phone, region, detail } = row
  return { address_id, recipient, phone, region, detail, is_default: row.is_default === 1 }
}
