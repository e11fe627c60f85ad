// Owns the people who buy while the shop is tortured: what each order is follows from the seed alone, what became of it
// is remembered, and whoever heard nothing asks again with the same key.
import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom, hashText, type Random } from '../../src/demo/random.ts'
import type { Memory } from '../../tests/support/audit.ts'
import type { Account, Line } from '../../tests/support/load.ts'
import { bodyOf, type Cut, isLater, openCaller, type Told } from './ask.ts'
import { createHearing, type Hearing } from './hearing.ts'
import { nth } from './nth.ts'

export interface BuyersOptions {
  readonly seed: number
  readonly people: readonly Account[]
  readonly products: readonly number[]
  /** Where the shop is at the moment. */
  readonly urls: () => readonly string[]
  /** Each POST is sent up to so many times at once, with one key. */
  readonly copies?: number
  /** The share of copies whose client breaks the line in the middle. */
  readonly cuts?: number
  readonly mostLines?: number
  readonly mostUnits?: number
  /** Between one order and the next, milliseconds at most. */
  readonly pauseMs?: number
  readonly timeoutMs?: number
  /** How often it is asked again when the answer stays out, or says "later"; further ones wait for `resolve`. */
  readonly again?: number
  /** Milliseconds at most before it is asked again, unless the shop says how long. */
  readonly againMs?: number
  /** Where nobody listens, another door is tried, as by a balancer: nothing was sent. */
  readonly failover?: boolean
  /** Connections to one process at most. */
  readonly mostSockets?: number
  /** What the buyer of this place in `people` wants; chance decides unless told. */
  readonly linesOf?: (buyer: number) => readonly Line[]
  /** Nobody who was refused comes back. */
  readonly untilRefused?: boolean
  /** Each buys so often, or until it is stopped. */
  readonly orders?: number
}

export interface Buyers extends Pick<Hearing, 'times' | 'told' | 'odd' | 'answered'> {
  readonly memories: readonly Memory[]
  /** How often each order was asked for until there was a word; Infinity: there was none. */
  readonly tries: readonly number[]
  /** Resolves when so many more were answered. */
  more(answers: number, mostMs?: number): Promise<void>
  stop(): Promise<void>
  /** When all have bought as often as they should. */
  readonly done: Promise<void>
  /** Asks for every order of which nothing is known. @returns of how many there is a word now */
  resolve(): Promise<number>
}

/** What the `n`th order of a buyer is: the same for the same seed, whatever happened before. */
export function choiceOf(options: BuyersOptions, buyer: number, n: number) {
  const { seed, copies = 1, cuts = 0, mostLines = 3, mostUnits = 3, pauseMs = 60 } = options
  const random = createRandom(hashText(`${seed} ${buyer} ${n}`))
  const lines: readonly Line[] =
    options.linesOf?.(buyer) ??
    Array.from({ length: random.int(1, mostLines) }, () => ({
      product_id: random.pick(options.products),
      quantity: random.int(1, mostUnits),
    }))
  const sent = Array.from({ length: random.int(1, copies) }, () => ({
    cut: random.chance(cuts) ? random.pick<Cut>(['sent', 'head', 'body']) : null,
    door: random.next(),
  }))
  return {
    key: `torture-${seed}-${buyer}-${n}`,
    lines,
    sent,
    pauseMs: random.between(0, pauseMs),
    random,
  }
}

interface Wish {
  readonly buyer: Account
  readonly key: string
  readonly lines: readonly Line[]
}

export function startBuyers(options: BuyersOptions): Buyers {
  const { people } = options
  const memories: Memory[] = []
  const tries: number[] = []
  const hearing = createHearing()
  const post = openPost(options, hearing)
  let stopped = false

  async function buy(index: number, n: number): Promise<Memory> {
    const choice = choiceOf(options, index, n)
    const wish = { buyer: nth(people, index), key: choice.key, lines: choice.lines }
    const memory: Memory = { ...wish, outcome: 'unknown' }
    memories.push(memory)
    const { word, asked } = await askAgainAndAgain(
      { options, hearing, post, isOver: () => stopped },
      choice,
      wish,
    )
    tries.push(word ? asked : Infinity)
    if (word) memory.outcome = { status: word.status, body: bodyOf(word) }
    await sleep(choice.pauseMs)
    return memory
  }

  async function buyAgainAndAgain(index: number): Promise<void> {
    for (let n = 0; n < (options.orders ?? Infinity) && !stopped; n++) {
      const { outcome } = await buy(index, n)
      if (options.untilRefused && outcome !== 'unknown' && outcome.status !== 201) return
    }
  }

  const done = Promise.all(people.map((_, i) => buyAgainAndAgain(i))).then(() => {})
  return {
    ...hearing,
    memories,
    tries,
    async more(count, mostMs = 60_000) {
      const [enough, latest] = [hearing.answered() + count, performance.now() + mostMs]
      while (hearing.answered() < enough && !stopped) {
        if (performance.now() > latest) throw new Error(`not ${count} answers in ${mostMs} ms`)
        await sleep(5)
      }
    },
    async stop() {
      stopped = true
      await done
    },
    done,
    resolve: () => resolveUnknown(options, memories, post),
  }
}

interface Post {
  ask(url: string, wish: Wish, cut: Cut | null): Promise<Told>
  close(): void
}

function openPost(options: BuyersOptions, hearing: Hearing): Post {
  const caller = openCaller(options.mostSockets)
  return {
    async ask(url, { buyer, key, lines }, cut) {
      const others = options.failover ? options.urls().filter((other) => other !== url) : []
      let answer: Told = 'refused'
      for (const door of [url, ...others]) {
        answer = await caller.ask(door, {
          method: 'POST',
          path: '/api/orders',
          token: buyer.token,
          key,
          cut,
          timeoutMs: options.timeoutMs ?? 30_000,
          body: { user_id: buyer.user_id, items: lines },
        })
        if (answer !== 'refused') break
      }
      if (!cut) hearing.note(answer)
      return answer
    },
    close: () => caller.close(),
  }
}

interface Asking {
  readonly options: BuyersOptions
  readonly hearing: Hearing
  readonly post: Post
  readonly isOver: () => boolean
}

/** All copies at once; then one at a time, until there is a word or no patience left. */
async function askAgainAndAgain(
  { options, hearing, post, isOver }: Asking,
  { sent, random }: ReturnType<typeof choiceOf>,
  wish: Wish,
) {
  const { again = 3, againMs = 1000, urls } = options
  const doors = urls()
  let heard = await Promise.all(
    sent.map(({ cut, door }) => post.ask(doorOf(doors, door), wish, cut)),
  )
  let word = hearing.wordOf(wish.key, heard)
  let asked = 1
  for (; !word && asked <= again && !isOver(); asked++) {
    await sleep(pauseFor(heard, againMs, random))
    heard = [await post.ask(doorOf(urls(), random.next()), wish, null)]
    word = hearing.wordOf(wish.key, heard)
  }
  return { word, asked }
}

async function resolveUnknown(
  { urls }: BuyersOptions,
  memories: readonly Memory[],
  post: Post,
): Promise<number> {
  let recovered = 0
  for (const memory of memories.filter(({ outcome }) => outcome === 'unknown')) {
    for (let i = 0; i < 60 && memory.outcome === 'unknown'; i++) {
      if (i > 0) await sleep(500)
      const answer = await post.ask(doorOf(urls(), 0), memory, null)
      if (typeof answer === 'string' || isLater(answer)) continue
      memory.outcome = { status: answer.status, body: bodyOf(answer) }
    }
    if (memory.outcome !== 'unknown') recovered++
  }
  post.close()
  return recovered
}

function doorOf(urls: readonly string[], chance: number): string {
  return urls[Math.floor(chance * urls.length)] ?? ''
}

function pauseFor(heard: readonly Told[], mostMs: number, random: Random): number {
  const asked = heard.map((one) => (typeof one === 'string' ? 0 : Number(one.retryAfter ?? 0)))
  const seconds = Math.max(0, ...asked)
  return seconds > 0 ? seconds * 1000 : random.between(0, mostMs)
}
