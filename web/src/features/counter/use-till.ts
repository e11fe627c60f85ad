// Owns what can be done at the till: each action once, whether a key, a button or a scanner asks for it.
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { MAX_LINES } from '../../../../src/lib/selling.ts'
import type { NewSale } from '../../../../src/modules/counter/schema.ts'
import type { User } from '../../../../src/modules/users/schema.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { fetchByCode, productByCode } from './catalogue.ts'
import {
  addedSince,
  addProduct,
  type Draft,
  draftSums,
  emptyDraft,
  isFull,
  moveSelection,
  removeLine,
  selectedLine,
  setQuantity,
  type TillProduct,
} from './draft.ts'
import { dropParked, park, type ParkedSale } from './parked.ts'
import { enqueue } from './queue.ts'
import { type FinishedSale, finishSale } from './sale.ts'
import { useDraft } from './use-draft.ts'

export type OpenDialog =
  'lineDiscount' | 'saleDiscount' | 'customer' | 'pay' | 'done' | 'parked' | 'queue'

export function useTill(user: User, isManager: boolean, kept: Draft) {
  const { t } = useTranslation()
  const { draft, now, change } = useDraft(kept)
  const [notice, setNotice] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const [dialog, setOpen] = useState<OpenDialog | null>(null)
  const [done, setDone] = useState<FinishedSale | null>(null)
  const scanField = useRef<HTMLInputElement>(null)
  const finishing = useRef(false)
  const quantityField = useRef<HTMLInputElement>(null)
  const toScan = () => scanField.current?.focus()
  const seller = user.display_name || user.username
  const hasLines = () => now().lines.length > 0

  const setDialog = (next: OpenDialog | null) => {
    setOpen(next)
    setNotice(null)
  }
  /** A dialog covers what is said beside it. */
  const warn = (text: string) => {
    setNotice(text)
    showToast({ tone: 'bad', text })
  }
  /** A quantity is taken when its field is left; a key leaves it as well. */
  const takeTyped = () => quantityField.current?.blur()
  const close = () => {
    setDialog(null)
    setDone(null)
    requestAnimationFrame(toScan)
  }
  /** @param lookedUp what the field held then; the next one may be in it already */
  const add = (product: TillProduct, quantity: number, lookedUp?: string) => {
    if (isFull(now(), product)) return warn(t('counter.tooManyLines', { count: MAX_LINES }))
    change((before) => addProduct(before, product, quantity))
    setTyped((latest) => (lookedUp === undefined || latest === lookedUp ? '' : latest))
    // A scan goes before whatever was open: the goods are on the counter.
    if (dialog !== null) close()
  }
  const code = async (text: string, quantity: number) => {
    const known = productByCode(text)
    if (known) return add(known, quantity)
    const found = await fetchByCode(text).catch(() => null)
    if (found) return add(found, quantity, typed)
    warn(t('counter.notFound', { code: text }))
  }
  const complete = async (tenders: NewSale['tenders'], cash: number) => {
    // Enter pressed twice is one sale.
    if (finishing.current) return
    finishing.current = true
    const sold = now()
    const sale = finishSale(sold, tenders, cash, user)
    try {
      if (!(await enqueue(sale))) {
        showToast({ tone: 'info', text: t('counter.alreadyDone') })
        change(emptyDraft)
        return close()
      }
    } catch (error) {
      // Nothing was kept: the sale stays as it is.
      const reason = error instanceof Error ? error.message : String(error)
      return warn(t('counter.storageBroken', { reason }))
    } finally {
      finishing.current = false
    }
    // What was scanned while it was written is not in it.
    change((latest) => addedSince(latest, sold))
    setDone(sale)
    setDialog('done')
  }
  return {
    draft,
    change,
    typed,
    setTyped,
    dialog,
    setDialog,
    /** What a dialog has to say, as of a code scanned over it that nobody knows. */
    notice,
    done,
    scanField,
    quantityField,
    takeTyped,
    toScan,
    close,
    add,
    code,
    complete,
    /** Asks first what can't be undone. */
    clear() {
      if (hasLines() && window.confirm(t('counter.clearSure'))) change(emptyDraft)
      toScan()
    },
    pay() {
      takeTyped()
      const sums = draftSums(now())
      if (!hasLines() || (sums.needsManager && !isManager)) return
      if (sums.total_cents === 0) void complete([], 0)
      else setDialog('pay')
    },
    move: (step: 1 | -1) => change((before) => moveSelection(before, step)),
    step: (by: 1 | -1) =>
      change((before) => {
        const line = selectedLine(before)
        return line ? setQuantity(before, line.product.product_id, line.quantity + by) : before
      }),
    removeSelected() {
      change((before) => (before.selected === null ? before : removeLine(before, before.selected)))
      toScan()
    },
    async park() {
      takeTyped()
      const parked = now()
      if (!hasLines()) return
      try {
        await park(parked, seller)
        change((latest) => addedSince(latest, parked))
      } catch (error) {
        showFailure(error)
      }
      toScan()
    },
    async resume(sale: ParkedSale) {
      try {
        if (hasLines()) await park(now(), seller)
        // Rather there twice than not at all.
        change(() => sale.draft)
        close()
        await dropParked(sale)
      } catch (error) {
        warn(error instanceof Error ? error.message : String(error))
      }
    },
  }
}

export type Till = ReturnType<typeof useTill>
