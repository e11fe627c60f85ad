// Owns whom a checkout's order goes to: an address of the book, or the person who picks it up.
import { useState } from 'react'

import { isPhone } from '../../../../../src/lib/phone.ts'
import type { Fulfilment, NewOrder } from '../../../../../src/modules/orders/schema.ts'
import type { User } from '../../../../../src/modules/users/schema.ts'
import { orderAddress, useAddresses } from '../../../features/account/addresses.ts'

type RecipientOfOrder = Pick<NewOrder, 'fulfilment' | 'address' | 'recipient' | 'phone'>

export function useRecipient(user: User) {
  const [fulfilment, setFulfilment] = useState<Fulfilment>('pickup')
  const [addressId, setAddressId] = useState<number | null>(null)
  const [recipient, setRecipient] = useState(user.display_name || user.username)
  const [phone, setPhone] = useState(user.phone)
  const [checked, setChecked] = useState(false)
  const addresses = useAddresses()
  const all = addresses.data ?? []
  const chosen = all.find(({ address_id: id }) => id === addressId) ?? all[0]
  const addressMissing = fulfilment === 'delivery' && !chosen
  // What the profile says was taken once: it is no reason to stop somebody now.
  const phoneTyped = phone.trim() !== '' && phone.trim() !== user.phone
  const phoneWrong = fulfilment === 'pickup' && phoneTyped && !isPhone(phone)

  /** What the order says of it; null while something is missing, which is then pointed out. */
  function complete(): RecipientOfOrder | null {
    setChecked(true)
    if (addressMissing || phoneWrong) return null
    if (fulfilment === 'delivery' && chosen) {
      const { recipient, phone } = chosen
      return { fulfilment, recipient, phone, address: orderAddress(chosen) }
    }
    return {
      fulfilment,
      ...(recipient.trim() !== '' && { recipient: recipient.trim() }),
      ...(phone.trim() !== '' && { phone: phone.trim() }),
    }
  }

  return {
    fulfilment,
    setFulfilment,
    addresses: all,
    loading: addresses.isPending,
    chosen,
    choose: setAddressId,
    recipient,
    setRecipient,
    phone,
    setPhone,
    addressMissing: checked && addressMissing,
    phoneWrong: checked && phoneWrong,
    complete,
  }
}

export type Recipient = ReturnType<typeof useRecipient>
