// Owns how Chinese names are typed on a keyboard: syllables without tones, and their first letters.
import { createRequire } from 'node:module'
import type * as Library from 'pinyin-pro'
import { foldText } from './text.ts'

/** How one character of a name may be typed. */
export interface Spelling {
  /** As it stands in the name. */
  readonly char: string
  /** The syllable, or the folded character itself; empty for blanks and signs. */
  readonly full: string
  readonly initial: string
  readonly isHan: boolean
}

const HAN = /\p{Script=Han}/u
/** Typed along with the syllables, as in `k36youmao`. */
const TYPED = /[\p{L}\p{N}]/u

/** Each character of the name in order; a reading is chosen by the words around it. */
export function spell(name: string): Spelling[] {
  const chars = Array.from(name.toWellFormed())
  const readings = HAN.test(name) ? readingsOf(chars) : chars
  return chars.map((char, i) => spellingOf(char, readings[i] ?? char))
}

function spellingOf(char: string, reading: string): Spelling {
  if (HAN.test(char) && /^[a-z]+$/.test(reading)) {
    return { char, full: reading, initial: reading.slice(0, 1), isHan: true }
  }
  const full = TYPED.test(char) ? foldText(char) : ''
  return { char, full, initial: full, isHan: false }
}

/** What a search by pinyin looks through: all syllables, and all first letters; empty without a Chinese character. */
export function pinyinText(name: string): string {
  const spelled = spell(name)
  if (!spelled.some(({ isHan }) => isHan)) return ''
  const full = spelled.map((one) => one.full).join('')
  const initials = spelled.map(({ initial }) => initial).join('')
  return full === initials ? full : `${full} ${initials}`
}

let library: typeof Library | undefined

/** Its dictionary takes a moment and some megabytes: only whoever has Chinese names to spell loads it. */
function readingsOf(chars: readonly string[]): string[] {
  library ??= createRequire(import.meta.url)('pinyin-pro') as typeof Library
  const options = { toneType: 'none', type: 'array', v: true } as const
  const readings = library.pinyin(chars.join(''), options)
  // One for each character, or else one by one.
  if (readings.length === chars.length) return readings
  return chars.map((char) => library?.pinyin(char, options)[0] ?? char)
}
