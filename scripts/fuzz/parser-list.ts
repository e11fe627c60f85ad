// Owns the list of everything that reads text from outside: examples to begin with, and what it may answer.
import type { FastifyRequest } from 'fastify'
import { decodeCursor } from '../../src/lib/cursor.ts'
import { guardCell, unguardCell } from '../../src/lib/csv-guard.ts'
import { instantOf } from '../../src/lib/csv-times.ts'
import { CsvUnreadable, readCsv } from '../../src/lib/csv.ts'
import { isDay } from '../../src/lib/days.ts'
import { isEan13 } from '../../src/lib/ean13.ts'
import { AppError } from '../../src/lib/errors.ts'
import { isPhone } from '../../src/lib/phone.ts'
import { foldText } from '../../src/lib/text.ts'
import { isTimeZone } from '../../src/lib/time.ts'
import { plainText } from '../../src/modules/inventory/import-html.ts'
import { readImport } from '../../src/modules/inventory/import-reading-actions.ts'
import {
  type Field,
  readField,
  readQuantity,
  readSku,
} from '../../src/modules/inventory/import-values-rules.ts'
import { lastEventId } from '../../src/modules/notifications/stream-routes.ts'
import { isSvg, readHeader } from '../../src/modules/pictures/header-rules.ts'
import { periodOf } from '../../src/modules/reports/period-rules.ts'
import { keyOf } from '../../src/platform/http/idempotency.ts'
import { languageOf } from '../../src/platform/http/language.ts'

export interface Parser {
  readonly name: string
  /** Inputs are changed forms of these. */
  readonly examples: readonly string[]
  /** Of all inputs, in proportion to the others': what is slow gets fewer. */
  readonly weight: number
  /** Throws, or rejects, when the input was answered with anything but a value or a typed refusal. */
  readonly run: (input: string, bytes: Uint8Array) => unknown
}

/** A defect that the parser itself didn't notice. */
function holds(condition: boolean, says: string): void {
  if (!condition) throw new Error(says)
}

/** The refusals that callers are told of; anything else is a failure that nobody foresaw. */
function refusing(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
  }
}

/** A request of which only the headers matter. */
function requestWith(headers: Readonly<Record<string, string>>): FastifyRequest {
  const request = { headers, method: 'POST', routeOptions: { url: '/x' }, params: {}, caller: null }
  return request as Partial<FastifyRequest> as FastifyRequest
}

const FIELDS: readonly Field[] = [
  ...(['barcode', 'product_name', 'name_en', 'category', 'unit', 'price', 'cost'] as const),
  ...(['low_stock_threshold', 'active', 'description', 'image_url'] as const),
]
const CSV = [
  '货号,商品名称,售价,数量\nA-1,猫粮,49.90,3\n',
  'sku;product_name;price\r\n"A;1";"a ""b"" c";1\r\n',
  'Handle\tTitle\tVariant Price\tBody (HTML)\nx\ty\t1.00\t<p>z</p>\n',
  '\ufeffsku,product_name,price,active\nA,"two\nlines",5,是\n',
]

export const PARSERS: readonly Parser[] = [
  { name: 'cursor', weight: 20, examples: ['WzEsMV0', 'WyJhIiwxXQ', 'W10', 'WzFd'], run: cursor },
  { name: 'money', weight: 20, examples: ['49.90', '0', '100000000', '-1', '1e3'], run: money },
  {
    name: 'cells',
    weight: 8,
    examples: ['是', 'https://x.cn/a.png', '/x', 'A-1', '12'],
    run: cells,
  },
  {
    name: 'dates',
    weight: 12,
    examples: ['2026-01-31', '2026-01-31T08:00:00Z', '2024-02-29T23:59:60+08:00', '0001-01-01'],
    run: dates,
  },
  {
    name: 'Accept-Language',
    weight: 12,
    examples: ['zh-CN,zh;q=0.9,en;q=0.8', 'en', '*;q=0', 'en;q=1.2.3, zh;q=.', ',;,='],
    run(input) {
      holds(
        ['zh', 'en'].includes(languageOf(requestWith({ 'accept-language': input }))),
        'no language',
      )
    },
  },
  {
    name: 'Idempotency-Key',
    weight: 6,
    examples: ['a', '550e8400-e29b-41d4-a716-446655440000', 'x'.repeat(255), 'x'.repeat(256)],
    run: (input) => refusing(() => keyOf(requestWith({ 'idempotency-key': input }))),
  },
  {
    name: 'Last-Event-ID',
    weight: 8,
    examples: ['1', '0', '999999999999999', '9999999999999999', '-1', '1e3'],
    run(input) {
      const id = lastEventId({ headers: { 'last-event-id': input } })
      holds(id === null || (Number.isSafeInteger(id) && id >= 0), `read as ${id}`)
    },
  },
  {
    name: 'texts',
    weight: 10,
    examples: ['=1+1', "'=1", 'ｅｎ', '+86 138 0013 8000', '6901234567892'],
    run: texts,
  },
  { name: 'picture headers', weight: 4, examples: PICTURES(), run: pictures },
  { name: 'CSV', weight: 1, examples: CSV, run: csv },
  { name: 'product files', weight: 0.5, examples: CSV, run: productFile },
  {
    name: 'HTML',
    weight: 0.5,
    examples: [
      '<p>a<br>b</p><ul><li>c</li></ul>',
      '<table><tr><td colspan=9>x</td></tr></table>',
      '&amp;&#0;&#xd800;',
    ],
    run: (input) => holds(typeof plainText(input) === 'string', 'no text'),
  },
]

function PICTURES(): string[] {
  return [
    '/9j/4AAQSkZJRgABAQAAAQABAAD/wAALCAABAAEBAREA/9k=',
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB',
    'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==',
    'Qk0eAAAAAAAAABoAAAAMAAAAAQABAAEAGAAAAP8A',
  ].map((text) => Buffer.from(text, 'base64').toString('latin1'))
}

function cursor(input: string): void {
  for (const types of [['number', 'number'], ['string', 'number'], ['number']] as const) {
    refusing(() => {
      for (const [i, value] of decodeCursor(input, types).entries()) {
        holds(typeof value === types[i], `read as ${typeof value}`)
      }
    })
  }
}

function money(input: string): void {
  for (const digits of [0, 2, 3]) {
    const reading = readField('price', input, digits)
    if ('code' in reading) continue
    const { value } = reading
    const fits = Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= 100_000_000
    holds(fits, `read as ${String(value)}`)
  }
  const quantity = readQuantity(input)
  holds('code' in quantity || Number.isSafeInteger(quantity.value), 'no whole number')
}

function cells(input: string): void {
  readSku(input)
  for (const field of FIELDS) {
    const reading = readField(field, input, 2)
    holds('code' in reading || reading.value !== undefined, `${field} is neither`)
  }
}

function dates(input: string): void {
  const at = instantOf(input, 'Asia/Shanghai')
  holds(at === null || Number.isSafeInteger(at), `read as ${at}`)
  const period = periodOf({ from: input, to: input }, '2026-01-31')
  holds('field' in period || isDay(period.from), 'a period that begins never')
}

function texts(input: string): void {
  const guarded = guardCell(input)
  holds(unguardCell(guarded) === input, `guarded as ${guarded}`)
  holds(foldText(foldText(input)) === foldText(input), 'folded twice is something else')
  isPhone(input)
  isEan13(input)
  isTimeZone(input)
}

function pictures(_input: string, bytes: Uint8Array): void {
  isSvg(bytes)
  const header = readHeader(bytes)
  holds(header === null || (header.width >= 0 && header.height >= 0), 'a negative size')
}

async function csv(_input: string, bytes: Uint8Array): Promise<void> {
  try {
    let last = 0
    for await (const { line, cells: list } of readCsv(bytes)) {
      holds(
        line > last && list.every((cell) => typeof cell === 'string'),
        `line ${line} after ${last}`,
      )
      last = line
    }
  } catch (error) {
    if (!(error instanceof CsvUnreadable)) throw error
  }
}

async function productFile(_input: string, bytes: Uint8Array): Promise<void> {
  const { drafts, problems } = await readImport(bytes, 2, undefined)
  holds(drafts.length > 0 || problems.length > 0 || bytes.length > 0, 'nothing is said')
}
