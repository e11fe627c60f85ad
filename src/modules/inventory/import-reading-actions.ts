// Owns reading a file to drafts of products: the whole of it before anything is decided, a slice at a time.
import { createHash } from 'node:crypto'
import { type CsvRefusal, CsvUnreadable, readCsv } from '../../lib/csv.ts'
import { createSlices } from '../../lib/time-slice.ts'
import type { Header, OwnColumn, ShopifyColumn } from './import-columns-rules.ts'
import { readHeader } from './import-columns-rules.ts'
import type { Problem, ProblemCode } from './import-problems-rules.ts'
import { cellCountProblem, type Draft, type Drafted, ownDraft, type Row } from './import-rules.ts'
import { shopifyDrafts } from './import-shopify-rules.ts'

/** More than any pet shop has, and few enough to be held in memory. */
const MAX_ROWS = 100_000

export interface FileRead {
  /** Null when not even the first row could be read. */
  readonly header: Header | null
  readonly drafts: readonly Draft[]
  readonly problems: readonly Problem[]
}

/** @param digits decimals of the shop's currency */
export async function readImport(
  bytes: Uint8Array,
  digits: number,
  signal: AbortSignal | undefined,
): Promise<FileRead> {
  const problems: Problem[] = []
  const rows: Row[] = []
  let header: Header | null = null
  const drafts: Draft[] = []
  const add = ({ draft, problems: own }: Drafted) => {
    drafts.push(draft)
    problems.push(...own)
  }
  const slices = createSlices()
  let seen = 0
  try {
    for await (const row of readCsv(bytes)) {
      await slices()
      signal?.throwIfAborted()
      if (!header) {
        const read = readHeader(row.cells, row.line)
        header = read.header
        problems.push(...read.problems)
        // Without knowing what is what, nothing can be said of the rows.
        if (problems.length > 0) break
        continue
      }
      if (++seen > MAX_ROWS) {
        problems.push(TOO_MANY_ROWS)
        break
      }
      const wrong = cellCountProblem(row, header.width)
      if (wrong) problems.push(wrong)
      else if (header.format === 'shopify') rows.push(row)
      else add(ownDraft(row, header as Header<OwnColumn>, digits))
    }
  } catch (error) {
    if (!(error instanceof CsvUnreadable)) throw error
    problems.push({ line: error.line, column: null, code: REFUSALS[error.refusal] })
  }
  if (rows.length === 0) return { header, drafts, problems }
  // Only files from Shopify need it: it would be in everybody's memory.
  const { plainText } = await import('./import-html.ts')
  const tools = { plainText, digest }
  for (const drafted of shopifyDrafts(rows, header as Header<ShopifyColumn>, tools, digits)) {
    await slices()
    add(drafted)
  }
  return { header, drafts, problems }
}

/** SHA-256, hex. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Of the whole file: it is listed first, however many errors there are. */
const TOO_MANY_ROWS: Problem = {
  line: 1,
  column: null,
  code: 'TOO_MANY_ROWS',
  params: { limit: MAX_ROWS },
}

const REFUSALS: Record<CsvRefusal, ProblemCode> = {
  empty: 'EMPTY_FILE',
  workbook: 'EXCEL_WORKBOOK',
  binary: 'NOT_CSV',
  encoding: 'ENCODING_UNKNOWN',
  quote_not_closed: 'QUOTE_NOT_CLOSED',
  quote_misplaced: 'QUOTE_MISPLACED',
  row_too_long: 'ROW_TOO_LONG',
}
