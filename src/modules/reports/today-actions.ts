// Owns what staff find when they come to work: the day's sales, what is to be done, and what runs low.
import { dayAt } from '../../lib/days.ts'
import { atLeast, type Role } from '../../lib/roles.ts'
import { toTimestamp } from '../../lib/wire.ts'
import type { Reader } from '../../platform/db/store.ts'
import { listGroupStates } from '../../platform/events/undone.ts'
import { countByStockStatus } from '../inventory/index.ts'
import { countOpenOrders, type SalesSum, sumSales } from '../orders/index.ts'
import type { Today } from './schema.ts'
import { listDaySums } from './store.ts'
import { sameTimeLastWeek } from './today-rules.ts'

const MINUTE = 60_000

export interface TodayNeeds {
  readonly db: Reader
  readonly timeZone: (reader: Reader) => Promise<string>
}

/** @returns reads the day as it is at `now`, as much of it as this role may see */
export function createToday({ db, timeZone }: TodayNeeds) {
  const lastWeek = readLastWeek(db)

  async function sales(now: number, zone: string): Promise<Today['sales']> {
    const day = dayAt(now, zone)
    const [sum] = await listDaySums(db, { from: day, to: day })
    return {
      today: { orders: sum?.orders ?? 0, revenue_cents: sum?.revenue_cents ?? 0 },
      last_week: await lastWeek(now, zone),
    }
  }

  return async (now: number, role: Role): Promise<Today> => {
    const zone = await timeZone(db)
    const stock = await countByStockStatus(db)
    const open = new Map((await countOpenOrders(db)).map((row) => [row.status, row.orders]))
    const isManager = atLeast(role, 'manager')
    return {
      at: toTimestamp(now),
      day: dayAt(now, zone),
      sales: isManager ? await sales(now, zone) : null,
      open_orders: {
        pending: open.get('pending') ?? 0,
        confirmed: open.get('confirmed') ?? 0,
        ready: open.get('ready') ?? 0,
        shipped: open.get('shipped') ?? 0,
      },
      stock: { low: stock.get('low_stock') ?? 0, out: stock.get('out_of_stock') ?? 0 },
      work: isManager ? await readWork(db) : null,
    }
  }
}

/** Adds up a day's orders: once a minute is often enough for a number of last week. */
function readLastWeek(db: Reader) {
  let known: { readonly key: string; readonly sum: Promise<SalesSum> } | null = null
  return (now: number, zone: string): Promise<SalesSum> => {
    const key = `${Math.floor(now / MINUTE)} ${zone}`
    if (known?.key === key) return known.sum
    const { from, to } = sameTimeLastWeek(now, zone)
    const sum = sumSales(db, from, to)
    const reading = { key, sum }
    known = reading
    // A failure is not kept.
    sum.catch(() => {
      if (known === reading) known = null
    })
    return sum
  }
}

async function readWork(db: Reader): Promise<Today['work']> {
  const groups = await listGroupStates(db)
  const total = (of: 'backlog' | 'dead') => groups.reduce((sum, group) => sum + group[of], 0)
  return { backlog: total('backlog'), dead_letters: total('dead') }
}
