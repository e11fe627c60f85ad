// Owns what the log never says: secrets, by their name or their form, and who people are.

const CENSORED = '[redacted]'
/** Fields by these names are never written, at any depth. */
const SECRET =
  /pass(word|phrase|wd)|token|secret|authorization|cookie|credential|api_?key|setup_code/i
const PERSONAL =
  /^(user_?name|full_?name|recipient|e?_?mail|phone|telephone|mobile|address|note|user_agent|birthday)$/i
const DEPTH = 4

/** The value, without what its name or the names in it say is secret or personal. */
export function withoutPrivate(name: string, value: unknown, depth = DEPTH): unknown {
  if (SECRET.test(name) || PERSONAL.test(name)) return CENSORED
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return CENSORED
  if (Array.isArray(value)) return value.map((item) => withoutPrivate('', item, depth - 1))
  if (value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutPrivate(key, inner, depth - 1)]),
  )
}

/**
 * What looks like a secret or an e-mail address, wherever in a text it stands, as in a driver's complaint. Each part
 * is bounded: anybody may send a long path, and unbounded ones would take time by its square. The text is JSON
 * already: the letter of an escape, as in `\\n`, belongs to no word, and stays.
 */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z\d+.-]{0,20}:\/\/[^\s:/@"]{0,200}):[^\s@"]{1,500}@/gi, `$1:${CENSORED}@`],
  [/((?:\\(?:u[\da-f]{4}|.)|\b)(?:bearer|basic))\s+[\w.~+/=-]{8,}/gi, `$1 ${CENSORED}`],
  [/\$argon2\w*\$[\w$,=+/.-]+/g, CENSORED],
  [
    /(?:(\\(?:u[\da-f]{4}|.))[\w.+%-]{0,64}|[\w.+%-]{1,64})@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){0,8}\.[a-z]{2,63}\b/gi,
    `$1${CENSORED}`,
  ],
]

/** @param text a line of JSON */
export function withoutSecrets(text: string): string {
  let clean = text
  for (const [form, instead] of FORMS) clean = clean.replace(form, instead)
  return clean
}
