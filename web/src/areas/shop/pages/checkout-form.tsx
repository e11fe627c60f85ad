// Owns the order's own choices (pick-up or delivery, address, note) and sending it exactly once.
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { Fulfilment, NewOrder } from '../../../../../src/modules/orders/schema.ts'
import type { CheckedCart } from '../../../features/cart/cart-rules.ts'
import { CartNotices } from '../../../features/cart/cart-notices.tsx'
import { clearCart } from '../../../features/cart/cart-store.ts'
import { attemptDone, attemptKey } from '../../../features/orders/checkout-attempt.ts'
import { usePlaceOrder } from '../../../features/orders/queries.ts'
import { useFormat } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { TextArea } from '../../../ui/field.tsx'
import { CheckoutFailure } from './checkout-failure.tsx'
import styles from './checkout-page.module.css'
import { FulfilmentChoice } from './fulfilment-choice.tsx'

export function CheckoutForm({ cart, userId }: { cart: CheckedCart; userId: number }) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const navigate = useNavigate()
  const place = usePlaceOrder()
  const [fulfilment, setFulfilment] = useState<Fulfilment>('pickup')
  const [address, setAddress] = useState('')
  const [note, setNote] = useState('')
  const [addressMissing, setAddressMissing] = useState(false)

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const missing = fulfilment === 'delivery' && address.trim() === ''
    setAddressMissing(missing)
    if (missing || !cart.orderable || place.isPending) return
    const order: NewOrder = {
      user_id: userId,
      items: cart.lines.map(({ line }) => ({
        product_id: line.product_id,
        quantity: line.quantity,
      })),
      fulfilment,
      ...(fulfilment === 'delivery' && { address: address.trim() }),
      ...(note.trim() !== '' && { note: note.trim() }),
    }
    place.mutate(
      { order, key: attemptKey(order) },
      {
        onSuccess: (placed) => {
          attemptDone()
          void navigate(`/orders/${placed.order_id}`, { replace: true, state: { placed: true } })
          clearCart()
        },
      },
    )
  }

  return (
    <form noValidate className={styles.stack} onSubmit={submit}>
      {!place.error && <CartNotices cart={cart} />}
      <Card title={t('checkout.how')}>
        <div className={styles.stack}>
          <FulfilmentChoice value={fulfilment} onChange={setFulfilment} />
          {fulfilment === 'delivery' && (
            <TextArea
              label={t('checkout.address')}
              hint={t('checkout.addressHint')}
              error={
                addressMissing && address.trim() === '' ? t('checkout.addressMissing') : undefined
              }
              autoComplete="street-address"
              maxLength={500}
              value={address}
              onChange={(event) => setAddress(event.target.value)}
            />
          )}
          <TextArea
            label={t('checkout.note')}
            optional={t('checkout.optional')}
            maxLength={500}
            rows={2}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      </Card>
      <CheckoutFailure error={place.error} cart={cart} onFixed={() => place.reset()} />
      <p className={styles.payment}>{t('checkout.payment')}</p>
      <Button
        tone="primary"
        size="lg"
        wide
        type="submit"
        busy={place.isPending}
        disabled={!cart.orderable}
      >
        {t('checkout.submit', { total: money(cart.totalCents) })}
      </Button>
    </form>
  )
}
