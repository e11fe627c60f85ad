// Owns the pieces of texts by which a search begins: whoever contains a word has all pieces of the word.

/** So many bits of each of the three characters of a piece: other characters share them, and are told apart later. */
const BITS = 10
const MASK = 2 ** BITS - 1
const SPACE = 0x20

/** Pieces from the first to the last; one, where both are the same. */
export interface GramRange {
  readonly first: number
  readonly last: number
}

/**
 * What begins at each character: it and the next two of its word, as a number below 2^30. Fewer than three stand
 * at the end of a word; the rest is 0 then.
 */
export function gramsOf(text: string): Set<number> {
  const grams = new Set<number>()
  let second = 0
  let third = 0
  // A half of a pair has no form in UTF-8: databases keep the replacement character.
  const kept = text.toWellFormed()
  for (let i = kept.length - 1; i >= 0; i--) {
    const code = kept.charCodeAt(i)
    if (code === SPACE) {
      second = third = 0
      continue
    }
    const first = code & MASK
    grams.add(gram(first, second, third))
    third = second
    second = first
  }
  return grams
}

/** Pieces of which every text has one (of each) that contains the word, which has no blank. */
export function gramRanges(word: string): GramRange[] {
  const kept = word.toWellFormed()
  const codes = Array.from({ length: kept.length }, (_, i) => kept.charCodeAt(i) & MASK)
  const [first = 0, second = 0] = codes
  if (codes.length === 1) return [{ first: gram(first, 0, 0), last: gram(first, MASK, MASK) }]
  if (codes.length === 2) {
    return [{ first: gram(first, second, 0), last: gram(first, second, MASK) }]
  }
  return codes.slice(2).map((code, i) => {
    const exact = gram(codes[i] ?? 0, codes[i + 1] ?? 0, code)
    return { first: exact, last: exact }
  })
}

function gram(first: number, second: number, third: number): number {
  return (first << (2 * BITS)) | (second << BITS) | third
}
