// Owns password hashing: argon2id, in a bounded queue, so that a flood of log-ins can't starve the shop.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { defineError } from '../lib/errors.ts'
import { createQueue } from '../lib/queue.ts'

export interface Passwords {
  /** @returns a PHC string, under 100 characters. @throws TOO_MANY_LOGINS when the queue is full */
  hash(password: string): Promise<string>
  /**
   * Takes the same time whether or not there is an account: without a stored string (null, empty or not
   * argon2id) it hashes all the same, and says no.
   * @throws TOO_MANY_LOGINS when the queue is full
   */
  verify(stored: string | null, password: string): Promise<boolean>
  /** Hashes many, in order, past the queue: for the command line, never for requests. */
  hashAll(passwords: readonly string[], onDone?: (done: number) => void): Promise<string[]>
}

const tooManyLogins = defineError('TOO_MANY_LOGINS', 429, {
  zh: '现在登录的人太多，请稍后再试。',
  en: 'Too many people are logging in right now; please try again in a moment.',
})

/** OWASP's smallest recommended argon2id: 19 MiB, two passes, one lane. */
const CURRENT = { memory: 19_456, passes: 2, parallelism: 1 }
const SALT_BYTES = 16
const TAG_BYTES = 32
const MAX_WAITING = 64

interface Stored {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
  readonly salt: Buffer
  readonly tag: Buffer
}

export function createPasswords(): Passwords {
  // Each hash fills a thread of libuv's four; one stays free for files, one core for the shop.
  const slots = Math.min(3, Math.max(1, availableParallelism() - 1))
  const queued = createQueue(slots, MAX_WAITING, () => tooManyLogins({ retryAfter: 1 }))
  const dummy: Stored = {
    ...CURRENT,
    salt: randomBytes(SALT_BYTES),
    tag: randomBytes(TAG_BYTES),
  }

  return {
    hash: (password) => queued(() => hash(password)),
    async verify(stored, password) {
      const known = stored === null ? null : parse(stored)
      const { salt, tag, ...cost } = known ?? dummy
      const computed = await queued(() => derive(password, salt, tag.length, cost))
      return timingSafeEqual(computed, tag) && known !== null
    },
    hashAll: (passwords, onDone) => hashAll(passwords, onDone),
  }
}

async function hash(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const tag = await derive(password, salt, TAG_BYTES, CURRENT)
  const { memory, passes, parallelism } = CURRENT
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`
}

async function hashAll(
  passwords: readonly string[],
  onDone: (done: number) => void = () => undefined,
): Promise<string[]> {
  const hashes = new Array<string>(passwords.length)
  const work = passwords.entries()
  let done = 0
  async function worker(): Promise<void> {
    for (const [i, password] of work) {
      hashes[i] = await hash(password)
      onDone(++done)
    }
  }
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker))
  return hashes
}

const argon2Async = promisify(argon2)

function derive(
  password: string,
  salt: Buffer,
  tagLength: number,
  cost: typeof CURRENT,
): Promise<Buffer> {
  const { memory, passes, parallelism } = cost
  return argon2Async('argon2id', {
    message: password,
    nonce: salt,
    memory,
    passes,
    parallelism,
    tagLength,
  })
}

const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,86})$/

/** Reads a PHC string, with whatever cost it was made; null for anything else. */
function parse(stored: string): Stored | null {
  const [, memory, passes, parallelism, salt = '', tag = ''] = PHC.exec(stored) ?? []
  if (memory === undefined) return null
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
