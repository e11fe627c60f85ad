// Owns which texts are phone numbers that a courier can call. Pure.

/** What people write between the digits. */
const separators = /[\s()-]/g

/**
 * Chinese mobile numbers have eleven digits and begin with 13 to 19, with or without +86; a number that begins
 * with 1 can be nothing else here. Other numbers (landlines, foreign ones) have 6 to 15 digits (ITU-T E.164).
 */
export function isPhone(text: string): boolean {
  const plain = text.replaceAll(separators, '').replace(/^00(?=[1-9])/, '+')
  if (!/^\+?\d{6,15}$/.test(plain)) return false
  const chinese = plain.replace(/^\+86/, '')
  return !/^1/.test(chinese) || /^1[3-9]\d{9}$/.test(chinese)
}
