// Owns making a password that people can read to each other: no letters that look alike. Pure.

/** No 0 O, 1 I l: it is read from a screen or a slip of paper. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ'
const groups = 4
const groupLength = 4

/** Enough for 16 characters, those that would make some likelier left out. */
export const passwordBytes = 64

/** `wK7m-pQ3x-…`: 16 characters of 54, about 92 bits. */
export function passwordOf(bytes: Iterable<number>): string {
  const fair = 256 - (256 % alphabet.length)
  const letters = [...bytes].filter((byte) => byte < fair).map((byte) => letterAt(byte))
  return Array.from({ length: groups }, (_, group) =>
    letters.slice(group * groupLength, (group + 1) * groupLength).join(''),
  ).join('-')
}

function letterAt(byte: number): string {
  return alphabet.charAt(byte % alphabet.length)
}
