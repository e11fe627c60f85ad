// Owns which days are looked at: the last 7, 30 or 90 up to today, or any others.
import { addDays, countDays, isDay } from '../../../../src/lib/days.ts'

export interface Period {
  readonly from: string
  /** Counted in. */
  readonly to: string
}

export const spans = [7, 30, 90] as const
type Span = (typeof spans)[number]

const usual: Span = 30
/** The server gives no more at once. */
export const mostDays = 400

export interface Choice {
  /** Null: days of one's own. */
  readonly span: Span | null
  readonly period: Period
}

/** What an address means, whoever typed it. */
export function choiceOf(
  { days, from, to }: { readonly days: string; readonly from: string; readonly to: string },
  today: string,
): Choice {
  const count = isDay(from) && isDay(to) ? countDays(from, to) : 0
  if (count >= 1 && count <= mostDays) return { span: null, period: { from, to } }
  const span = spans.find((each) => String(each) === days) ?? usual
  return { span, period: { from: addDays(today, 1 - span), to: today } }
}

/** As many days, just before; null when the server wouldn't give both at once. */
export function daysBefore({ from, to }: Period): Period | null {
  const count = countDays(from, to)
  if (2 * count > mostDays) return null
  return { from: addDays(from, -count), to: addDays(from, -1) }
}
