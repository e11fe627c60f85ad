// Owns posting a delivery: once, whatever happens to its answer, and told wherever one is by then.
import { useTranslation } from 'react-i18next'

import type { StockDocument } from '../../../../src/modules/inventory/documents-schema.ts'
import { ApiError } from '../../lib/api.ts'
import { randomUuid } from '../../lib/uuid.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { usePostReceipt } from './document-queries.ts'
import { type Delivery, forgetDelivery } from './receive-draft.ts'
import type { ReceiveLine } from './receive-lines.ts'

interface Posting {
  readonly userId: number
  readonly delivery: Delivery
  /** While the page is there. */
  readonly onPosted: (lines: readonly ReceiveLine[]) => void
  readonly onNewKey: (key: string) => void
}

export function usePosting({ userId, delivery, onPosted, onNewKey }: Posting) {
  const { t } = useTranslation()
  const tell = ({ lines, units, document_id }: StockDocument) =>
    showToast({ tone: 'good', text: t('receive.done', { lines, units, document: document_id }) })
  const post = usePostReceipt((document, { key }) => {
    forgetDelivery(userId, key)
    tell(document)
  })
  const send = () => {
    const { key, lines } = delivery
    const [supplier, note] = [delivery.supplier.trim(), delivery.note.trim()]
    const body = {
      lines: lines.map(({ product, quantity }) => ({ product_id: product.product_id, quantity })),
      ...(supplier && { supplier }),
      ...(note && { note }),
    }
    post.mutate(
      { body, key },
      {
        onSuccess: () => onPosted(lines),
        onError: (error) => (isKnown(error) ? onNewKey(randomUuid()) : showFailure(error)),
      },
    )
  }
  return {
    send,
    isBusy: post.isPending,
    /** Posted before, with an answer that got lost; since then the list has changed. */
    isKnown: isKnown(post.error),
    forget: post.reset,
  }
}

function isKnown(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'IDEMPOTENCY_KEY_REUSED'
}
