// Owns what each event adds to which day: the sums are the same in whatever order the events come.

/** Sums; each may also be a difference that is added to one. */
export interface Figures {
  readonly orders: number
  readonly cancelled_orders: number
  readonly units: number
  readonly revenue_cents: number
  readonly refunded_cents: number
}

export interface DayFigures extends Figures {
  /** `YYYY-MM-DD` on the shop's calendar. */
  readonly day: string
}

export interface ProductFigures extends DayFigures {
  readonly product_id: number
}

export interface SoldOrder {
  readonly order_id: number
  /** The day on which it was placed. */
  readonly day: string
  readonly lines: readonly {
    readonly product_id: number
    readonly quantity: number
    readonly unit_price_cents: number
    /** Given off on all units together. */
    readonly discount_cents?: number
  }[]
}

/** How an order was taken back, as far as it is known. */
export interface Reversal {
  readonly cancelled: boolean
  /** The day on which the money was given back. */
  readonly refunded_on: string | null
}

export const NOT_REVERSED: Reversal = { cancelled: false, refunded_on: null }

export type Fact =
  | { readonly kind: 'placed' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refunded'; readonly on: string }

/** Adds up differences per day and per day and product. */
export interface Tally {
  readonly days: Map<string, DayFigures>
  /** By `tallyKey`. */
  readonly products: Map<string, ProductFigures>
}

export function emptyTally(): Tally {
  return { days: new Map(), products: new Map() }
}

/**
 * Adds what one fact about an order changes, given what was known of the order before. Sold is counted on the
 * day of the order, and taken off that day again when it is cancelled. A refund counts on its own day, but not
 * for a cancelled order, whose revenue is gone already: whichever of the two comes second sees to that.
 * @returns what is known afterwards
 */
export function addFact(tally: Tally, order: SoldOrder, fact: Fact, known: Reversal): Reversal {
  switch (fact.kind) {
    case 'placed':
      addSold(tally, order, 1)
      return known
    case 'cancelled':
      addSold(tally, order, -1)
      if (known.refunded_on !== null) addRefund(tally, order, known.refunded_on, -1)
      return { ...known, cancelled: true }
    case 'refunded':
      if (!known.cancelled) addRefund(tally, order, fact.on, 1)
      return { ...known, refunded_on: fact.on }
  }
}

/** All that was heard of an order. */
export interface HeardOrder extends SoldOrder, Reversal {
  readonly placed: boolean
}

/** Adds what all facts about an order come to. @returns what is known afterwards */
export function addOrder(tally: Tally, order: HeardOrder): Reversal {
  let known = NOT_REVERSED
  if (order.placed) known = addFact(tally, order, { kind: 'placed' }, known)
  if (order.cancelled) known = addFact(tally, order, { kind: 'cancelled' }, known)
  if (order.refunded_on !== null) {
    known = addFact(tally, order, { kind: 'refunded', on: order.refunded_on }, known)
  }
  return known
}

function addSold(tally: Tally, order: SoldOrder, sign: 1 | -1): void {
  const cancelled_orders = sign === 1 ? 0 : 1
  addLines(tally, order, order.day, (units, cents) => ({
    orders: sign,
    cancelled_orders,
    units: sign * units,
    revenue_cents: sign * cents,
    refunded_cents: 0,
  }))
}

function addRefund(tally: Tally, order: SoldOrder, day: string, sign: 1 | -1): void {
  addLines(tally, order, day, (_, cents) => ({ ...NOTHING, refunded_cents: sign * cents }))
}

function addLines(
  tally: Tally,
  { lines }: SoldOrder,
  day: string,
  figuresOf: (units: number, cents: number) => Figures,
): void {
  const total = { units: 0, cents: 0 }
  for (const { product_id, quantity, unit_price_cents, discount_cents = 0 } of lines) {
    const cents = quantity * unit_price_cents - discount_cents
    addTo(tally.products, tallyKey(day, product_id), {
      day,
      product_id,
      ...figuresOf(quantity, cents),
    })
    total.units += quantity
    total.cents += cents
  }
  addTo(tally.days, day, { day, ...figuresOf(total.units, total.cents) })
}

export function tallyKey(day: string, product_id: number): string {
  return `${day} ${product_id}`
}

export const FIGURES = [
  'orders',
  'cancelled_orders',
  'units',
  'revenue_cents',
  'refunded_cents',
] as const satisfies (keyof Figures)[]

export const NOTHING: Figures = {
  orders: 0,
  cancelled_orders: 0,
  units: 0,
  revenue_cents: 0,
  refunded_cents: 0,
}

/** `more` becomes the tally's own. */
function addTo<T extends DayFigures>(sums: Map<string, T>, key: string, more: T): void {
  const sum: { -readonly [N in keyof Figures]: number } | undefined = sums.get(key)
  if (!sum) sums.set(key, more)
  else for (const name of FIGURES) sum[name] += more[name]
}

/** In the order in which rows are locked, without those that change nothing. */
export function daysOf(tally: Tally): DayFigures[] {
  return [...tally.days.values()].filter(isSomething).sort(byDay)
}

export function productsOf(tally: Tally): ProductFigures[] {
  return [...tally.products.values()]
    .filter(isSomething)
    .sort((one, other) => byDay(one, other) || one.product_id - other.product_id)
}

function isSomething(figures: Figures): boolean {
  return FIGURES.some((name) => figures[name] !== 0)
}

function byDay(one: DayFigures, other: DayFigures): number {
  return one.day < other.day ? -1 : one.day > other.day ? 1 : 0
}
