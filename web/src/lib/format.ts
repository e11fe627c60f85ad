// Owns how money, times and numbers are written: by the page's language and the shop's currency and zone.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { currentLanguage } from './i18n.ts'
import { useShopInfo } from './shop-info.ts'

export function useFormat() {
  const { currency, time_zone: zone } = useShopInfo()
  const { i18n } = useTranslation()
  return useMemo(
    () => makeFormat(currency, zone, i18n.language === 'en' ? 'en' : 'zh-CN'),
    [currency, zone, i18n.language],
  )
}

function makeFormat(currency: string, zone: string, language: string) {
  const timeZone = knownZone(zone)
  const digits = minorDigits(currency)
  const moneyFormat = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  })
  const numberFormat = new Intl.NumberFormat(language)
  const percentFormat = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 1,
  })
  const dateTime = new Intl.DateTimeFormat(language, {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  })
  const shortTime = new Intl.DateTimeFormat(language, {
    timeZone,
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const monthAndDay = new Intl.DateTimeFormat(language, {
    timeZone,
    month: 'numeric',
    day: 'numeric',
  })
  const clock = new Intl.DateTimeFormat(language, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const shortMoneyFormat = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  })
  // A day has no hour: read as UTC, it is written as UTC.
  const shortDay = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    month: 'numeric',
    day: 'numeric',
  })
  const longDay = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    dateStyle: 'medium',
  })
  return {
    money: (cents: number) => moneyFormat.format(cents / 10 ** digits),
    /** For axes: thousands, ten thousands. */
    shortMoney: (cents: number) => shortMoneyFormat.format(cents / 10 ** digits),
    number: (value: number) => numberFormat.format(value),
    /** Of a part from 0 to 1. */
    percent: (part: number) => percentFormat.format(part),
    dateTime: (iso: string) => dateTime.format(new Date(iso)),
    shortTime: (iso: string) => shortTime.format(new Date(iso)),
    monthAndDay: (iso: string) => monthAndDay.format(new Date(iso)),
    /** Where the day is known. */
    time: (iso: string) => clock.format(new Date(iso)),
    /** Of a calendar day, `YYYY-MM-DD`. */
    shortDay: (day: string) => shortDay.format(new Date(day)),
    longDay: (day: string) => longDay.format(new Date(day)),
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
