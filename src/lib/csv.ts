// Owns reading CSV as programs and people write it: encoding and delimiter are recognised, lines are the file's.
import { CsvError, parse, type Parser } from 'csv-parse'
import { decodeChunks, type Encoding, recogniseEncoding } from './csv-encoding.ts'
import { createSlices } from './time-slice.ts'

export interface CsvRecord {
  /** The line of the file on which it begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

export type CsvRefusal =
  | 'empty'
  | 'workbook'
  | 'binary'
  | 'encoding'
  | 'quote_not_closed'
  | 'quote_misplaced'
  | 'row_too_long'

/** From here on the file can't be read. */
export class CsvUnreadable extends Error {
  readonly refusal: CsvRefusal
  readonly line: number

  constructor(refusal: CsvRefusal, line: number) {
    super(`line ${line}: ${refusal}`)
    this.refusal = refusal
    this.line = line
  }
}

/** Read without a rest: even rows of two bytes are few enough then. */
const CHUNK_BYTES = 8 * 1024
/** A quote that isn't closed would otherwise swallow the rest of the file. */
const MAX_RECORD_BYTES = 1024 * 1024

/**
 * The records of a file, without those that are empty. Cells without quotes are trimmed. Reading 50 MiB takes
 * seconds, but holds nobody up.
 * @throws CsvUnreadable
 */
export async function* readCsv(bytes: Uint8Array): AsyncGenerator<CsvRecord> {
  const recognised = recogniseEncoding(bytes)
  if ('refusal' in recognised) throw new CsvUnreadable(recognised.refusal, 1)
  const lines = createLineCounter()
  const read: Ended[] = []
  const parser = parse({
    bom: false,
    columns: false,
    delimiter: delimiterOf(decodeStart(bytes, recognised)),
    max_record_size: MAX_RECORD_BYTES,
    // Taken here and not from the stream, which forgets what came before a failure.
    on_record(record: string[], info) {
      read.push({ record, end: info.bytes })
      return null
    },
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    trim: true,
  })
  let seen = 0
  let failure: unknown
  for await (const result of feed(parser, decodeChunks(bytes, recognised, CHUNK_BYTES))) {
    if (result.chunk) lines.add(result.chunk)
    for (const { record, end } of read.splice(0)) {
      const line = lines.current()
      lines.advance(end)
      if (record.every((cell) => cell === '')) continue
      seen++
      yield { line, cells: record }
    }
    failure = result.failure
  }
  if (failure !== undefined) throw explained(failure, lines.current())
  if (seen === 0) throw new CsvUnreadable('empty', 1)
}

interface Ended {
  readonly record: readonly string[]
  /** Where it ends, in bytes of what was fed. */
  readonly end: number
}

interface Fed {
  readonly chunk?: Uint8Array
  /** What ended the reading. */
  readonly failure?: unknown
}

/** Hands the chunks to the parser, with a rest between them; the last result tells what ended it, if anything. */
async function* feed(parser: Parser, chunks: Iterator<Uint8Array>): AsyncGenerator<Fed> {
  const slices = createSlices()
  // Each failure is told to whoever wrote the chunk.
  parser.on('error', () => undefined)
  for (;;) {
    await slices()
    let chunk: Uint8Array | undefined
    try {
      chunk = chunks.next().value as Uint8Array | undefined
      await new Promise<void>((resolve, reject) => {
        const done = (error?: Error | null) => (error ? reject(error) : resolve())
        if (chunk) parser.write(chunk, done)
        else parser.end(done)
      })
    } catch (failure) {
      yield chunk ? { chunk, failure } : { failure }
      return
    }
    yield chunk ? { chunk } : {}
    if (!chunk) return
  }
}

const START_BYTES = 64 * 1024
const DELIMITERS = [',', ';', '\t'] as const

function decodeStart(bytes: Uint8Array, recognised: { encoding: Encoding; skip: number }): string {
  const start = bytes.subarray(recognised.skip, recognised.skip + START_BYTES)
  // It may end within a character; what isn't text is found later.
  return new TextDecoder(recognised.encoding).decode(start)
}

/** The one that stands most often in the first line that has any text, outside of quotes. */
function delimiterOf(start: string): string {
  const header = /^\s*((?:"[^"]*"|[^"\r\n])*)/.exec(start)?.[1] ?? ''
  const bare = header.replaceAll(/"[^"]*"/g, '')
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

interface LineCounter {
  add(chunk: Uint8Array): void
  /** The line that comes next. */
  current(): number
  /** Moves to a place in all that was added; counts the lines that end before it. */
  advance(to: number): void
}

const CR = 13
const LF = 10

function createLineCounter(): LineCounter {
  const chunks: Uint8Array[] = []
  let start = 0
  let at = 0
  let line = 1
  let last = 0

  function count(chunk: Uint8Array, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const byte = chunk[i] ?? 0
      if (byte === CR || (byte === LF && last !== CR)) line++
      last = byte
    }
  }

  return {
    add: (chunk) => void chunks.push(chunk),
    current: () => line,
    advance(to) {
      for (let chunk = chunks[0]; chunk; chunk = chunks[0]) {
        const end = Math.min(to - start, chunk.length)
        count(chunk, at - start, end)
        at = start + end
        if (end < chunk.length) return
        start += chunk.length
        chunks.shift()
      }
    },
  }
}

function explained(error: unknown, line: number): unknown {
  // What a strict decoder says of bytes that are no text.
  if (error instanceof TypeError) return new CsvUnreadable('encoding', line)
  if (!(error instanceof CsvError)) return error
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new CsvUnreadable('quote_not_closed', line)
    case 'CSV_MAX_RECORD_SIZE':
      return new CsvUnreadable('row_too_long', line)
    default:
      return new CsvUnreadable('quote_misplaced', line)
  }
}
