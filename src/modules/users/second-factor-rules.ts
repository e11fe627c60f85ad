// Owns how codes are told apart and written: six digits from an app, or a recovery code of 24 letters and digits.

/** Nothing that is mistaken for something else when read from paper. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 6
const GROUP = 4
export const RECOVERY_CODES = 10

/**
 * `abcd-efgh-…` from random numbers below 31, one for each letter: 118 bits, so that a plain hash keeps them
 * (OWASP ASVS 5.0 §6.5.2).
 */
export function recoveryCode(random: (below: number) => number): string {
  const group = () =>
    Array.from({ length: GROUP }, () => LETTERS.charAt(random(LETTERS.length))).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** A code as it counts: without case, width, blanks and dashes. */
export function foldCode(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/[\s-]/g, '')
}

/** What a second factor's secret is bound to in the store. */
export function placeOf(user_id: number): string {
  return `totp of ${user_id}`
}

/** Of a folded code. */
export function isAppCode(code: string): boolean {
  return /^\d{6}$/.test(code)
}
