// Owns taking server-sent events out of the bytes of an answer that comes in chunks (RFC 9112 §7.1) and never ends.

export interface ServerEvent {
  readonly id: number
  readonly data: string
}

export interface EventReader {
  /** The events that these bytes complete; comments and the like are passed over. */
  read(bytes: Buffer): ServerEvent[]
}

/** Of the answer's body only. */
export function createEventReader(): EventReader {
  const dechunk = createDechunker()
  let text = ''
  return {
    read(bytes) {
      text += dechunk(bytes)
      const events: ServerEvent[] = []
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = eventOf(text.slice(0, end))
        if (event) events.push(event)
        text = text.slice(end + 2)
      }
      return events
    },
  }
}

function eventOf(block: string): ServerEvent | null {
  const data = /^data: (.*)$/m.exec(block)?.[1]
  if (data === undefined) return null
  return { id: Number(/^id: (\d+)$/m.exec(block)?.[1] ?? 0), data }
}

/** A chunk is its length in hexadecimal, a line's end, that many bytes, a line's end. */
function createDechunker(): (bytes: Buffer) => string {
  const decoder = new TextDecoder()
  let kept: Buffer = Buffer.alloc(0)
  return (bytes) => {
    kept = kept.length === 0 ? bytes : Buffer.concat([kept, bytes])
    let text = ''
    for (;;) {
      const line = kept.indexOf('\r\n')
      if (line < 0) return text
      const length = Number.parseInt(kept.toString('latin1', 0, line), 16)
      const end = line + 2 + length
      if (!(kept.length >= end + 2)) return text
      text += decoder.decode(kept.subarray(line + 2, end), { stream: true })
      kept = kept.subarray(end + 2)
    }
  }
}
