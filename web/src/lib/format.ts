// Owns how money, times and numbers are written: by the page's language and the shop's currency and zone.
import { useTranslation } from 'react-i18next'

import { currentLanguage } from './i18n.ts'
import { useShopInfo } from './shop-info.ts'

export function useFormat() {
  const { currency, time_zone: zone } = useShopInfo()
  const { i18n } = useTranslation()
  return formatOf(currency, zone, i18n.language === 'en' ? 'en' : 'zh-CN')
}

type Format = ReturnType<typeof makeFormat>

const made = new Map<string, Format>()

/** One for the whole page: each of its parts asks for it. */
function formatOf(currency: string, zone: string, language: string): Format {
  const key = `${currency} ${zone} ${language}`
  const known = made.get(key)
  if (known) return known
  const format = makeFormat(currency, zone, language)
  made.set(key, format)
  return format
}

/** Made when it is needed for the first time: the browser takes milliseconds for each. */
function later<T>(make: () => T): () => T {
  let value: T | undefined
  return () => (value ??= make())
}

function makeFormat(currency: string, zone: string, language: string) {
  const timeZone = later(() => knownZone(zone))
  const digits = later(() => minorDigits(currency))
  const money: Intl.NumberFormatOptions = {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }
  const numbers = (options?: Intl.NumberFormatOptions) => {
    const format = later(() => new Intl.NumberFormat(language, options))
    return (value: number) => format().format(value)
  }
  const times = (options: Intl.DateTimeFormatOptions) => {
    const format = later(
      () => new Intl.DateTimeFormat(language, { timeZone: timeZone(), ...options }),
    )
    return (iso: string) => format().format(new Date(iso))
  }
  const amount = numbers(money)
  const shortAmount = numbers({
    ...money,
    notation: 'compact',
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  })
  const hours: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }
  const dayOfYear: Intl.DateTimeFormatOptions = { month: 'numeric', day: 'numeric' }
  return {
    money: (cents: number) => amount(cents / 10 ** digits()),
    /** For axes: thousands, ten thousands. */
    shortMoney: (cents: number) => shortAmount(cents / 10 ** digits()),
    number: numbers(),
    /** Of a part from 0 to 1. */
    percent: numbers({ style: 'percent', maximumFractionDigits: 1 }),
    dateTime: times({ dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }),
    shortTime: times({ ...dayOfYear, ...hours }),
    monthAndDay: times(dayOfYear),
    /** Where the day is known. */
    time: times(hours),
    /** Of a calendar day, `YYYY-MM-DD`: it has no hour, so read as UTC it is written as UTC. */
    shortDay: times({ ...dayOfYear, timeZone: 'UTC' }),
    longDay: times({ dateStyle: 'medium', timeZone: 'UTC' }),
    bytes: (value: number) => bytesText(value, language),
  }
}

/** How many digits the currency's minor unit has: 2 for CNY, 0 for JPY. */
export function minorDigits(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}

/** `¥` for CNY: what stands before an amount. */
export function currencySymbol(currency: string): string {
  const format = new Intl.NumberFormat(currentLanguage(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  })
  return format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency
}

/** What the language calls a product: its English name where it has one and English is shown. */
export function productName(product: { product_name: string; name_en: string }): string {
  return currentLanguage() === 'en' && product.name_en !== ''
    ? product.name_en
    : product.product_name
}

function knownZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    return 'UTC'
  }
}

function bytesText(value: number, language: string): string {
  const units = ['B', 'KB', 'MB', 'GB']
  const power = Math.min(Math.floor(Math.log2(Math.max(value, 1)) / 10), units.length - 1)
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  return `${format.format(value / 1024 ** power)} ${units[power]}`
}
