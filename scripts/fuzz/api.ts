// Owns sending many strange requests at a running shop, as everybody, and collecting what was answered wrongly.
import { createRandom, type Random } from '../../src/demo/random.ts'
import { type Connection, type Heard, openConnection } from './connection.ts'
import type { Description } from './document.ts'
import { makeRequest, type RawRequest, weightsOf } from './requests.ts'
import type { KnownIds } from './values.ts'
import { complaintAbout } from './verdict.ts'

export interface FuzzOptions {
  readonly port: number
  readonly description: Description
  readonly requests: number
  readonly seed: number
  /** Requests under way at the same time. */
  readonly connections: number
  /** Sessions of this role that hold now; asked again when one has ended. */
  readonly hire: (role: Role) => Promise<readonly string[]>
  readonly known: () => Promise<KnownIds>
  readonly onProgress?: (sent: number) => void
}

const ROLES = ['customer', 'clerk', 'manager', 'owner'] as const
export type Role = (typeof ROLES)[number]

export interface Defect {
  /** Of the first request that showed it. */
  readonly number: number
  readonly request: string
  readonly complaint: string
}

export interface FuzzResult {
  readonly sent: number
  /** How many answers of each status. */
  readonly statuses: ReadonlyMap<number | string, number>
  readonly defects: readonly Defect[]
}

/** Different ones. */
const MOST_DEFECTS = 50
/** What exists is looked at again, so that requests go on finding something. */
const NEW_IDS_EVERY = 2000
/** Bytes that are no HTTP may leave the server waiting for more. */
const BROKEN_PATIENCE_MS = 250

export async function fuzzApi(options: FuzzOptions): Promise<FuzzResult> {
  const { description, requests, seed } = options
  const weights = weightsOf(description.operations)
  const statuses = new Map<number | string, number>()
  const defects = new Map<string, Defect>()
  const staff = createStaff(options.hire)
  let known = await options.known()
  let next = 0

  async function converse(connection: Connection): Promise<void> {
    while (next < requests && defects.size < MOST_DEFECTS) {
      const number = next++
      if (number % NEW_IDS_EVERY === NEW_IDS_EVERY - 1) known = await options.known()
      // Each has its own chance: the number and the seed alone make the request.
      const random = createRandom(seed * 1_000_003 + number)
      const who = random.pick(['nobody', ...ROLES] as const)
      const token = who === 'nobody' ? null : await staff.tokenOf(who, random)
      const request = makeRequest({ token, random, description, known }, weights)
      const isBroken = random.chance(0.003)
      const bytes = isBroken ? broken(random, request.bytes) : request.bytes
      const isHead = request.method === 'HEAD' && !isBroken
      const heard = await connection.ask(bytes, isHead, isBroken ? BROKEN_PATIENCE_MS : undefined)
      if (isBroken) connection.renew()
      count(statuses, heard)
      if (heard !== 'closed' && heard !== 'silent' && heard.status === 401) staff.dismiss(token)
      const complaint = isBroken ? brokenComplaint(heard) : complaintOf(description, request, heard)
      if (complaint !== null) keepDefect(defects, number, request, complaint)
      if (number % 1000 === 0) options.onProgress?.(number)
    }
  }

  const lines = Array.from({ length: options.connections }, () => openConnection(options.port))
  await Promise.all(lines.map(converse))
  for (const line of lines) line.renew()
  return { sent: next, statuses, defects: [...defects.values()] }
}

/** The same complaint about the same operation is one defect. */
function keepDefect(
  defects: Map<string, Defect>,
  number: number,
  { operation, method, bytes }: RawRequest,
  complaint: string,
): void {
  const key = `${method} ${operation?.path ?? ''} ${complaint.slice(0, 40)}`
  if (defects.has(key)) return
  defects.set(key, { number, complaint, request: bytes.toString('latin1').slice(0, 1500) })
}

function complaintOf(
  description: Description,
  { operation, method }: RawRequest,
  heard: Heard,
): string | null {
  if (heard === 'closed') return 'the line was closed without an answer'
  if (heard === 'silent') return 'nothing was answered'
  return complaintAbout(description, operation, method, heard)
}

/** Bytes that are no HTTP may be cut off, but never waited for, and never be the server's failure. */
function brokenComplaint(heard: Heard): string | null {
  if (heard === 'closed' || heard === 'silent') return null
  return heard.status >= 500 ? `${heard.status}: ${heard.body.slice(0, 500)}` : null
}

function broken(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const end = Math.max(1, copy.indexOf('\r\n\r\n'))
  copy[random.int(0, end - 1)] = random.int(0, 255)
  // What it waits for then never comes: the end of the line is the end of the request.
  return Buffer.concat([copy, Buffer.from('\r\n\r\n')])
}

function count(statuses: Map<number | string, number>, heard: Heard): void {
  const key = typeof heard === 'string' ? heard : heard.status
  statuses.set(key, (statuses.get(key) ?? 0) + 1)
}

/** The sessions that are used: one that ended is not used again, and others come. */
function createStaff(hire: FuzzOptions['hire']) {
  const pools = new Map<Role, string[]>()
  const hiring = new Map<Role, Promise<readonly string[]>>()
  return {
    async tokenOf(role: Role, random: Random): Promise<string> {
      const pool = pools.get(role)
      if (pool && pool.length > 0) return random.pick(pool)
      const coming = hiring.get(role) ?? hire(role)
      hiring.set(role, coming)
      const tokens = [...(await coming)]
      if (hiring.get(role) === coming) {
        hiring.delete(role)
        pools.set(role, tokens)
      }
      return random.pick(tokens)
    },
    dismiss(token: string | null): void {
      for (const [role, pool] of pools) {
        if (token !== null)
          pools.set(
            role,
            pool.filter((each) => each !== token),
          )
      }
    },
  }
}
