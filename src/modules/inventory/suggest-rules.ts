// Owns what is suggested for a few typed letters: which product is meant most likely, and what of its names matches.
import { spell, type Spelling } from '../../lib/pinyin.ts'
import { foldText } from '../../lib/text.ts'
import { type ProductFacts, stockStatus, available } from './rules.ts'
import type { Marks, SuggestedCategory, Suggestion } from './schema.ts'

const MOST_WORDS = 8
const MOST_PRODUCTS = 8
const MOST_CATEGORIES = 3

/** The words of a search; none where it is only blanks, which everything contains. */
export function wordsOf(search = ''): string[] {
  return foldText(search).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
}

/** The likeliest of products that all contain the words, in the order of the list where nothing tells them apart. */
export function suggestProducts(products: readonly ProductFacts[], search: string): Suggestion[] {
  const words = wordsOf(search)
  return products
    .map((product) => ({ product, rank: rankOf(product, words) }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST_PRODUCTS)
    .map(({ product }) => suggestionOf(product, words))
}

/** Categories that contain every word, as they are written or typed. */
export function suggestCategories(
  categories: readonly { readonly category: string; readonly products: number }[],
  search: string,
): SuggestedCategory[] {
  const words = wordsOf(search)
  return categories
    .filter(({ category }) => matches(formsOf(category), words))
    .slice(0, MOST_CATEGORIES)
    .map(({ category, products }) => ({ category, products, marks: marksOf(category, words) }))
}

function suggestionOf(product: ProductFacts, words: readonly string[]): Suggestion {
  const { product_id, product_name, name_en, price_cents, image_url } = product
  return {
    product_id,
    product_name,
    name_en,
    price_cents,
    stock_status: stockStatus(available(product), product.low_stock_threshold),
    image_url,
    marks: { product_name: marksOf(product_name, words), name_en: marksOf(name_en, words) },
  }
}

/** Less is likelier; of two alike, the one that can be bought. */
function rankOf(product: ProductFacts, words: readonly string[]): number {
  const soldOut = available(product) > 0 ? 0 : 0.5
  const query = words.join(' ')
  const typed = words.join('')
  const is = (text: string | null) => text !== null && foldText(text) === query
  if (is(product.barcode) || is(product.sku)) return soldOut
  const forms = [formsOf(product.product_name), formsOf(product.name_en)]
  if (forms.some(({ written }) => written.startsWith(query))) return 1 + soldOut
  if (forms.some(({ spelled }) => placeOf(spelled, typed)?.first === 0)) return 2 + soldOut
  if (forms.some(({ spelled }) => words.every((word) => beginsWord(spelled, word)))) {
    return 3 + soldOut
  }
  return (forms.some((form) => matches(form, words)) ? 4 : 5) + soldOut
}

interface Forms {
  readonly spelled: readonly Spelling[]
  readonly written: string
}

function formsOf(name: string): Forms {
  return { spelled: spell(name), written: foldText(name) }
}

/** Names are a brand and what it is, apart: the beginning of either is meant more likely than what is within. */
function beginsWord(spelled: readonly Spelling[], word: string): boolean {
  return spelled.some(({ full }, i) => {
    if (full === '' || (i > 0 && spelled[i - 1]?.full !== '')) return false
    return placeOf(spelled.slice(i), word)?.first === 0
  })
}

/** A syllable counts from its beginning: `an` isn't meant by `lan`. */
function matches({ spelled, written }: Forms, words: readonly string[]): boolean {
  return words.every((word) => written.includes(word) || placeOf(spelled, word) !== null)
}

/** What of the name the words mean, without overlaps, in order. */
export function marksOf(name: string, words: readonly string[]): Marks {
  const spelled = spell(name)
  const marked = new Set<number>()
  for (const word of words) {
    const place = placeOf(spelled, word)
    for (let i = place?.first ?? 0; i < (place?.end ?? 0); i++) marked.add(i)
  }
  const marks: Marks = []
  let at = 0
  for (const [i, { char }] of spelled.entries()) {
    const last = marks.at(-1)
    if (marked.has(i)) {
      if (last?.[1] === at) last[1] = at + char.length
      else marks.push([at, at + char.length])
    }
    at += char.length
  }
  return marks
}

interface Place {
  readonly first: number
  /** Behind the last. */
  readonly end: number
}

/** The characters that a word means: as written, by their syllables, or by their first letters. */
function placeOf(spelled: readonly Spelling[], word: string): Place | null {
  return (
    placeIn(
      spelled.map(({ char }) => foldChar(char)),
      word,
    ) ??
    placeIn(
      spelled.map(({ full }) => full),
      word,
    ) ??
    placeIn(
      spelled.map(({ initial }) => initial),
      word,
    )
  )
}

/** Some characters in a row whose texts together begin with the word. */
function placeIn(texts: readonly string[], word: string): Place | null {
  for (let first = 0; first < texts.length; first++) {
    if (texts[first] === '') continue
    let rest = word
    for (let end = first; end < texts.length; end++) {
      const text = texts[end] ?? ''
      if (text.startsWith(rest)) return { first, end: end + 1 }
      if (!rest.startsWith(text)) break
      rest = rest.slice(text.length)
    }
  }
  return null
}

/** A blank stays one: words have none. */
function foldChar(char: string): string {
  return foldText(char) || char
}
