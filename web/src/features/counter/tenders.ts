// Owns how a total is paid: what each way of paying takes of it, what is missing, and the change.
import { TENDERS } from '../../../../src/lib/selling.ts'
import type { NewSale, TenderKind } from '../../../../src/modules/counter/schema.ts'
import { parseMoney } from './money.ts'

export const tenderKinds: readonly TenderKind[] = TENDERS

/** As typed: of cash what was received, of the others what was paid. */
export type TenderTexts = Readonly<Record<TenderKind, string>>

export const noTenders: TenderTexts = { cash: '', wechat: '', alipay: '', card: '' }

export type TenderState =
  | { readonly wrong: TenderKind }
  | { readonly missing: number }
  | { readonly over: number }
  | { readonly tenders: NewSale['tenders']; readonly change: number }

/** Cash pays what the others leave; more of it is change. */
export function readTenders(texts: TenderTexts, total: number, digits: number): TenderState {
  const paid: Record<TenderKind, number> = { cash: 0, wechat: 0, alipay: 0, card: 0 }
  for (const kind of tenderKinds) {
    const text = texts[kind].trim()
    const cents = text === '' ? 0 : parseMoney(text, digits)
    if (cents === null) return { wrong: kind }
    paid[kind] = cents
  }
  const others = paid.wechat + paid.alipay + paid.card
  if (others > total) return { over: others - total }
  const inCash = total - others
  if (paid.cash < inCash) return { missing: inCash - paid.cash }
  if (inCash === 0 && paid.cash > 0) return { over: paid.cash }
  const tenders = tenderKinds.flatMap((tender): NewSale['tenders'] => {
    if (tender === 'cash') {
      return inCash > 0 ? [{ tender, amount_cents: inCash, received_cents: paid.cash }] : []
    }
    return paid[tender] > 0 ? [{ tender, amount_cents: paid[tender] }] : []
  })
  return { tenders, change: paid.cash - inCash }
}

/** What is still open if this way of paying gave nothing. */
export function openWithout(
  texts: TenderTexts,
  kind: TenderKind,
  total: number,
  digits: number,
): number {
  const others = tenderKinds
    .filter((each) => each !== kind)
    .reduce((sum, each) => sum + (parseMoney(texts[each], digits) ?? 0), 0)
  return Math.max(0, total - others)
}

/** Nobody hands over so much too much: rather a code was scanned, or a point forgotten. */
export function isOddChange(change: number, total: number, digits: number): boolean {
  return change > Math.max(5 * total, 1000 * 10 ** digits)
}
