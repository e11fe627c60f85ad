// Owns what the shop's settings may be, and how a one-time code is compared; unset settings have defaults.
import { isTimeZone } from '../../lib/time.ts'
import type { Settings } from './schema.ts'

export const DEFAULTS: Settings = {
  shop_name: '',
  currency: 'CNY',
  time_zone: 'Asia/Shanghai',
  auto_confirm: true,
  show_stock: true,
  logo_url: null,
  brand_color: null,
  low_stock_threshold: 5,
  receipt_text: '',
  languages: ['zh-CN', 'en'],
  staff_second_factor: false,
}

export const SETTING_NAMES = Object.keys(DEFAULTS) as readonly (keyof Settings)[]

export interface FieldProblem {
  readonly field: string
  readonly zh: string
  readonly en: string
}

/** What the schema can't know: which zones and currencies there are. */
export function settingsProblem(change: Partial<Settings>): FieldProblem | null {
  const { time_zone, currency } = change
  if (time_zone !== undefined && !isTimeZone(time_zone)) {
    return {
      field: 'time_zone',
      zh: '没有这个时区，请用 IANA 名称，例如 Asia/Shanghai',
      en: 'is not a time zone; use an IANA name, for example Asia/Shanghai',
    }
  }
  if (currency !== undefined && !Intl.supportedValuesOf('currency').includes(currency)) {
    return {
      field: 'currency',
      zh: '没有这个货币，请用 ISO 4217 代码，例如 CNY',
      en: 'is not a currency; use an ISO 4217 code, for example CNY',
    }
  }
  return null
}

/** No 0 O, 1 I L: people type it from a terminal. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const CODE_LENGTH = 8

/**
 * `ABCD-EFGH` from random bytes, or null when they hold too few that keep every character equally likely.
 */
export function setupCodeOf(bytes: Iterable<number>): string | null {
  const fair = 256 - (256 % CODE_ALPHABET.length)
  const characters = [...bytes]
    .filter((byte) => byte < fair)
    .slice(0, CODE_LENGTH)
    .map((byte) => CODE_ALPHABET.charAt(byte % CODE_ALPHABET.length))
  if (characters.length < CODE_LENGTH) return null
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`
}

/** The code as it counts: without case, blanks and dashes. */
export function foldCode(text: string): string {
  return text.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '')
}
