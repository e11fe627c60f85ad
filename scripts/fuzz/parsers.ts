// Owns feeding strange inputs to every parser: changed examples, pieces of the others, and anything at all.
import { createRandom, type Random } from '../../src/demo/random.ts'
import { type Parser, PARSERS } from './parser-list.ts'
import { anyBytes, anyText, strangeText } from './strange.ts'

export interface ParserFuzz {
  readonly inputs: number
  readonly seed: number
  readonly parsers?: readonly Parser[]
  readonly onProgress?: (done: number) => void
}

export interface ParserDefect {
  readonly parser: string
  /** As JSON: the bytes stand in it one by one. */
  readonly input: string
  readonly complaint: string
}

export interface ParserResult {
  readonly sent: number
  readonly perParser: ReadonlyMap<string, number>
  readonly defects: readonly ParserDefect[]
}

const ROUND = 1000
const MOST_DEFECTS = 20

export async function fuzzParsers(options: ParserFuzz): Promise<ParserResult> {
  const { inputs, seed, parsers = PARSERS } = options
  const weights = parsers.map(({ weight }) => weight)
  const perParser = new Map<string, number>()
  const defects: ParserDefect[] = []
  let sent = 0
  for (let round = 0; sent < inputs && defects.length < MOST_DEFECTS; round++) {
    const random = createRandom(seed * 1_000_003 + round)
    // One parser a round: it stays as fast as it can be.
    const parser = parsers[random.weightedIndex(weights)]
    if (!parser) break
    const count = Math.min(ROUND, inputs - sent)
    for (let i = 0; i < count && defects.length < MOST_DEFECTS; i++) {
      const defect = await complaintAbout(parser, strangeInput(random, parser.examples))
      if (defect) defects.push(defect)
    }
    sent += count
    perParser.set(parser.name, (perParser.get(parser.name) ?? 0) + count)
    if (round % 100 === 0) options.onProgress?.(sent)
  }
  return { sent, perParser, defects }
}

async function complaintAbout(parser: Parser, bytes: Buffer): Promise<ParserDefect | null> {
  // A header's text has a character a byte; what is read as bytes is decoded by its parser.
  const input = bytes.toString(parser.name.includes('-') ? 'latin1' : 'utf8')
  try {
    const result = parser.run(input, bytes)
    if (result instanceof Promise) await result
    return null
  } catch (error) {
    const complaint = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return { parser: parser.name, input: JSON.stringify(bytes.toString('latin1')), complaint }
  }
}

/** Mostly something that is nearly right. */
function strangeInput(random: Random, examples: readonly string[]): Buffer {
  const kind = random.int(0, 9)
  if (kind === 0) return anyBytes(random, 40)
  if (kind === 1) return Buffer.from(anyText(random, 30))
  if (kind === 2) return Buffer.from(strangeText(random))
  const example = random.pick(examples)
  let bytes: Buffer = random.chance(0.97) ? Buffer.from(example) : Buffer.from(example, 'utf16le')
  for (let changes = random.int(1, 4); changes > 0; changes--)
    bytes = changed(random, bytes, examples)
  return bytes
}

function changed(random: Random, bytes: Buffer, examples: readonly string[]): Buffer {
  const at = random.int(0, bytes.length)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  switch (random.int(0, 7)) {
    case 0:
      return before
    case 1:
      return after
    case 2:
      return Buffer.concat([before, anyBytes(random, 3), after])
    case 3:
      return Buffer.concat([before, Buffer.from(strangeText(random)), after])
    case 4:
      return Buffer.concat([before, Buffer.from(random.pick(examples)), after])
    case 5:
      return Buffer.concat([before, after.subarray(random.int(0, 4))])
    case 6:
      return Buffer.concat([bytes, before])
    default: {
      const copy = Buffer.from(bytes)
      if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << random.int(0, 7))
      return copy
    }
  }
}
