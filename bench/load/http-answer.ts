// Owns taking answers out of a keep-alive connection's bytes, as cheaply as a load generator must.

export interface Answer {
  readonly status: number
  /** Seconds that the shop asks to wait; null when it doesn't say. */
  readonly retryAfter: number | null
  readonly body: string
}

export interface Taken {
  readonly answer: Answer
  /** What came after it. */
  readonly rest: Buffer
}

const HEAD_END = Buffer.from('\r\n\r\n')
/** As in `HTTP/1.1 201`. */
const STATUS = 9

/** The first whole answer; null: more must come. @throws for answers that name no length */
export function takeAnswer(bytes: Buffer): Taken | null {
  const end = bytes.indexOf(HEAD_END)
  if (end < 0) return null
  const head = bytes.toString('latin1', 0, end)
  const status = Number(head.slice(STATUS, STATUS + 3))
  const length = numberOf(/\r\ncontent-length: *(\d+)/i.exec(head)) ?? (status === 204 ? 0 : null)
  if (length === null) throw new Error(`an answer without a length: ${head}`)
  const begin = end + HEAD_END.length
  if (bytes.length < begin + length) return null
  return {
    answer: {
      status,
      retryAfter: numberOf(/\r\nretry-after: *(\d+)/i.exec(head)),
      body: bytes.toString('utf8', begin, begin + length),
    },
    rest: bytes.subarray(begin + length),
  }
}

function numberOf(found: RegExpExecArray | null): number | null {
  return found ? Number(found[1]) : null
}
