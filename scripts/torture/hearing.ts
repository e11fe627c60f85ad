// Owns what the buyers were told: counted, timed, and looked at for what nobody should ever be told.
import { type Answer, isLater, type Told } from './ask.ts'

export interface Hearing {
  /** Milliseconds that each answer took, with the moment it came. */
  readonly times: readonly { readonly at: number; readonly ms: number; readonly status: number }[]
  /** What happened how often: `201`, `503`, `timeout` … */
  readonly told: ReadonlyMap<string, number>
  /** What nobody should ever be answered. */
  readonly odd: readonly string[]
  answered(): number
  note(one: Told): void
  /** The word on the order itself, if there is one: all who asked with this key must have heard the same. */
  wordOf(key: string, heard: readonly Told[]): Answer | undefined
}

export function createHearing(): Hearing {
  const times: { at: number; ms: number; status: number }[] = []
  const told = new Map<string, number>()
  const odd: string[] = []
  return {
    times,
    told,
    odd,
    answered: () => times.length,
    note(one) {
      const word = typeof one === 'string' ? one : String(one.status)
      told.set(word, (told.get(word) ?? 0) + 1)
      if (typeof one === 'string') return
      const { status, ms, text, retryAfter } = one
      times.push({ at: performance.now(), ms, status })
      if (status !== 201 && status !== 409 && !isLater(one))
        odd.push(`${status} ${text.slice(0, 200)}`)
      if ((status === 429 || status === 503) && !(Number(retryAfter) > 0))
        odd.push(`${status} without Retry-After`)
    },
    wordOf(key, heard) {
      const words = heard.filter((one) => typeof one !== 'string').filter((one) => !isLater(one))
      // What is refused is judged again each time: only success is the same word for word.
      const kinds = new Set(words.map(({ status, text }) => (status === 201 ? text : status)))
      if (kinds.size > 1) odd.push(`key ${key}, several answers: ${[...kinds].join(' and ')}`)
      return words.find(({ status }) => status === 201) ?? words[0]
    },
  }
}
