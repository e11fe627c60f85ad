// Owns which days may be asked for.
import { addDays, countDays, isDay } from '../../lib/days.ts'

export interface Period {
  /** The first day. */
  readonly from: string
  /** The last day, counted in. */
  readonly to: string
}

export interface PeriodProblem {
  readonly field: 'from' | 'to'
  readonly zh: string
  readonly en: string
}

const MAX_DAYS = 400
const USUAL_DAYS = 30

/** The period that is meant, or what is wrong with it. `today` is the shop's. */
export function periodOf(
  query: { readonly from?: string; readonly to?: string },
  today: string,
): Period | PeriodProblem {
  for (const field of ['from', 'to'] as const) {
    const day = query[field]
    if (day !== undefined && !isDay(day)) {
      return {
        field,
        zh: '必须是日期，例如 2026-01-31',
        en: 'must be a day, for example 2026-01-31',
      }
    }
  }
  const to = query.to ?? today
  const from = query.from ?? addDays(to, 1 - USUAL_DAYS)
  const days = countDays(from, to)
  if (days < 1 && query.to === undefined) {
    return { field: 'from', zh: '不能晚于今天', en: 'must not be after today' }
  }
  if (days < 1) return { field: 'to', zh: '不能早于 from', en: 'must not be before from' }
  if (days > MAX_DAYS) {
    return {
      field: 'from',
      zh: `到 to 最多 ${MAX_DAYS} 天`,
      en: `must be at most ${MAX_DAYS} days before to`,
    }
  }
  return { from, to }
}
