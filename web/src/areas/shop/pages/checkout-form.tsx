// Owns the checkout's form: to whom and how, a note, and sending the order exactly once.
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { NewOrder } from '../../../../../src/modules/orders/schema.ts'
import type { User } from '../../../../../src/modules/users/schema.ts'
import { AddressDialog } from '../../../features/account/address-dialog.tsx'
import type { Address } from '../../../features/account/addresses.ts'
import type { CheckedCart } from '../../../features/cart/cart-rules.ts'
import { CartNotices } from '../../../features/cart/cart-notices.tsx'
import { clearCart } from '../../../features/cart/cart-store.ts'
import { attemptDone, attemptKey } from '../../../features/orders/checkout-attempt.ts'
import { usePlaceOrder } from '../../../features/orders/queries.ts'
import { useFormat } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { CheckoutFailure } from './checkout-failure.tsx'
import styles from './checkout-page.module.css'
import { RecipientCard } from './recipient-card.tsx'
import { useRecipient } from './use-recipient.ts'

export function CheckoutForm({ cart, user }: { cart: CheckedCart; user: User }) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const to = useRecipient(user)
  const [note, setNote] = useState('')
  const [editing, setEditing] = useState<Address | 'new' | null>(null)
  const order = useOrdering()

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const recipient = to.complete()
    if (!recipient || !cart.orderable || order.isPending) return
    order.send({
      user_id: user.user_id,
      items: cart.lines.map(({ line }) => ({
        product_id: line.product_id,
        quantity: line.quantity,
      })),
      ...recipient,
      ...(note.trim() !== '' && { note: note.trim() }),
    })
  }

  return (
    <>
      <form noValidate className={styles.stack} onSubmit={submit}>
        {!order.error && <CartNotices cart={cart} />}
        <RecipientCard to={to} note={note} onNote={setNote} onEdit={setEditing} />
        <CheckoutFailure error={order.error} cart={cart} onFixed={order.reset} />
        <p className={styles.payment}>{t('checkout.payment')}</p>
        <div className={styles.submit}>
          <Button
            tone="primary"
            size="lg"
            wide
            type="submit"
            busy={order.isPending}
            disabled={!cart.orderable}
          >
            {t('checkout.submit', { total: money(cart.totalCents) })}
          </Button>
        </div>
      </form>
      <AddressDialog
        address={editing === 'new' ? null : editing}
        open={editing !== null}
        onClose={() => setEditing(null)}
        onSaved={(address) => to.choose(address.address_id)}
      />
    </>
  )
}

/** Sends the order, and leads to its page. */
function useOrdering() {
  const navigate = useNavigate()
  const { mutate, isPending, error, reset } = usePlaceOrder()
  const send = (order: NewOrder) =>
    mutate(
      { order, key: attemptKey(order) },
      {
        onSuccess: (placed) => {
          attemptDone()
          void navigate(`/orders/${placed.order_id}`, { replace: true, state: { placed: true } })
          clearCart()
        },
      },
    )
  return { send, isPending, error, reset }
}
