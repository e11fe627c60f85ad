// Owns changing one's address book: a full one takes no more, and as long as there are any, one is the default.
import type { Caller, Cause } from '../../lib/cause.ts'
import { defineError } from '../../lib/errors.ts'
import { isPhone } from '../../lib/phone.ts'
import { once, type KeyedRequest } from '../../platform/db/idempotency.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { notFound } from '../../platform/http/errors.ts'
import {
  clearDefault,
  deleteAddress,
  findAddress,
  insertAddress,
  listAddresses,
  updateAddress,
} from './addresses-store.ts'
import { refuseField } from './errors.ts'
import type { Address, AddressPatch, NewAddress } from './schema.ts'
import { lockActive } from './store.ts'

const MAX_ADDRESSES = 20

const bookFull = defineError('ADDRESS_BOOK_FULL', 409, {
  zh: `最多保存 ${MAX_ADDRESSES} 个地址，请先删除不用的。`,
  en: `An address book holds ${MAX_ADDRESSES} addresses at most; delete one first.`,
})

/** The first one becomes the default. @throws VALIDATION, ADDRESS_BOOK_FULL */
export function addAddress(
  store: Store,
  caller: Caller,
  address: NewAddress,
  key: KeyedRequest | null,
  cause: Cause,
): Promise<Address> {
  refuseWrongPhone(address.phone)
  const { user_id } = caller
  return store.transaction(
    async (trx) => {
      await lockOwn(store, trx, user_id)
      // Only the id is kept for a repetition: what was kept would outlive the person's deletion.
      const { address_id } = await once(store, trx, key, cause.now, async () => {
        const known = await listAddresses(trx, user_id)
        if (known.length >= MAX_ADDRESSES) throw bookFull()
        const is_default = address.is_default === true || known.length === 0
        if (is_default) await clearDefault(trx, user_id)
        return {
          address_id: await insertAddress(trx, user_id, { ...address, is_default }, cause.now),
        }
      })
      const made = await findAddress(trx, user_id, address_id)
      if (!made) throw notFound()
      return made
    },
    {
      afterLostCommit: async (made) =>
        (await findAddress(store.db, user_id, made.address_id)) ?? undefined,
    },
  )
}

/** @throws NOT_FOUND, VALIDATION */
export function changeAddress(
  store: Store,
  caller: Caller,
  address_id: number,
  patch: AddressPatch,
  cause: Cause,
): Promise<Address> {
  if (patch.phone !== undefined) refuseWrongPhone(patch.phone)
  const { user_id } = caller
  return store.transaction(async (trx) => {
    await lockOwn(store, trx, user_id)
    const address = await findAddress(trx, user_id, address_id)
    if (!address) throw notFound()
    const changed = { ...address, ...patch }
    // One stays the default: another one takes its place, it doesn't just end.
    changed.is_default = address.is_default || patch.is_default === true
    if (changed.is_default && !address.is_default) await clearDefault(trx, user_id)
    await updateAddress(trx, user_id, changed, cause.now)
    return changed
  }, runAgain)
}

/** The newest of the others follows a deleted default. @throws NOT_FOUND */
export async function removeAddress(
  store: Store,
  caller: Caller,
  address_id: number,
  cause: Cause,
): Promise<void> {
  const { user_id } = caller
  await store.transaction(
    async (trx) => {
      await lockOwn(store, trx, user_id)
      if (!(await deleteAddress(trx, user_id, address_id))) throw notFound()
      const [first] = await listAddresses(trx, user_id)
      if (first && !first.is_default) {
        await updateAddress(trx, user_id, { ...first, is_default: true }, cause.now)
      }
      return 'removed'
    },
    {
      afterLostCommit: async () =>
        (await findAddress(store.db, user_id, address_id)) ? undefined : 'removed',
    },
  )
}

async function lockOwn(store: Store, trx: Trx, user_id: number): Promise<void> {
  if (!(await lockActive(store, trx, user_id))) throw notFound()
}

function refuseWrongPhone(phone: string): void {
  if (isPhone(phone)) return
  throw refuseField({ field: 'phone', zh: '不是有效的电话号码', en: 'is not a phone number' })
}
