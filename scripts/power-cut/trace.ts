// Owns reading what the program did to its files, and what it told its callers, out of strace's record.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** In the order in which the kernel did them. */
export type Step =
  | { readonly kind: 'write'; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: string; readonly size: number }
  /** All writes to the file that were done before it began are on the disk now. */
  | { readonly kind: 'sync'; readonly file: string; readonly upTo: number }
  /** The answers to callers that left the program. */
  | { readonly kind: 'answer'; readonly text: string }

interface Call {
  readonly name: string
  readonly file: string
  readonly rest: string
  /** How many steps there were when it began. */
  readonly began: number
}

const CALL = /^(\d+) +(\w+)\(\d+<([^>]*)>(.*)$/s
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>(.*)$/s

/**
 * A write counts from the moment it begins, a sync from the moment it has ended: what the kernel may have done
 * early is never taken for durable.
 */
export async function* readTrace(path: string): AsyncGenerator<Step> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity })
  const begun = new Map<string, Call>()
  let steps = 0
  for await (const line of lines) {
    const resumed = RESUMED.exec(line)
    const call = resumed ? begun.get(resumed[1] ?? '') : callOf(line, steps)
    if (!call) continue
    const isEnd = resumed !== null || !line.endsWith('<unfinished ...>')
    if (!isEnd) begun.set(/^\d+/.exec(line)?.[0] ?? '', call)
    if (resumed) begun.delete(resumed[1] ?? '')
    if (isEnd && / = -1 /.test(line)) continue
    const step = stepOf(call, resumed === null, isEnd)
    if (!step) continue
    steps++
    yield step
  }
}

function callOf(line: string, began: number): Call | undefined {
  const found = CALL.exec(line)
  if (!found) return undefined
  const [, , name = '', file = '', rest = ''] = found
  return { name, file: fromHex(file).toString('utf8'), rest, began }
}

/** A sync when it ends; everything else when it begins. */
function stepOf(call: Call, isBegin: boolean, isEnd: boolean): Step | null {
  const { name, file, rest, began } = call
  if (name === 'fsync' || name === 'fdatasync') {
    return isEnd ? { kind: 'sync', file, upTo: began } : null
  }
  if (!isBegin) return null
  if (name === 'ftruncate') return { kind: 'truncate', file, size: Number(/\d+/.exec(rest)?.[0]) }
  const bytes = fromHex(rest)
  if (name === 'pwrite64') {
    const at = Number(/", \d+, (\d+)/.exec(rest)?.[1])
    return { kind: 'write', file, at, bytes }
  }
  return bytes.includes('HTTP/1.1 201') ? { kind: 'answer', text: bytes.toString('utf8') } : null
}

/** strace writes every byte as in `\x2f`; what else stands between is its own. */
function fromHex(text: string): Buffer {
  const pieces = text.match(/(?:\\x[\da-f]{2})+/g) ?? []
  return Buffer.from(pieces.join('').replaceAll('\\x', ''), 'hex')
}
