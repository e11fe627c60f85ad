// Owns how time zones and currencies are named for people, so that they can be searched by what people call them.
import type { Language } from '../../lib/i18n.ts'

/** `America/New York · 北美东部时间 · GMT-5` */
export function zoneOption(zone: string, language: Language): { value: string; label: string } {
  const parts = [
    zone.replaceAll('_', ' '),
    zonePart(zone, language, 'longGeneric'),
    zonePart(zone, language, 'shortOffset'),
  ]
  return { value: zone, label: parts.filter(Boolean).join(' · ') }
}

/** `CNY · 人民币` */
export function currencyName(currency: string, language: Language): string {
  const name = new Intl.DisplayNames(language, { type: 'currency' }).of(currency)
  return name === undefined || name === currency ? currency : `${currency} · ${name}`
}

function zonePart(
  timeZone: string,
  language: Language,
  timeZoneName: 'longGeneric' | 'shortOffset',
): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName }).formatToParts()
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}
