// Owns sending files to the import, as a page does.
import type { Answer, Shop, Who } from './shop.ts'

/** The whole answer to a file in the body. */
export function importAs(
  shop: Shop,
  who: Who,
  file: string | Uint8Array,
  query = '',
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const person = typeof who === 'string' ? shop.people[who] : who
  return shop.send({
    method: 'POST',
    url: `/api/inventory/import${query}`,
    headers: { ...person.headers, 'content-type': 'text/csv', ...headers },
    payload: Buffer.from(file),
  })
}

/** The lines that somebody gets who wants to know how far it is. */
export async function watchImport(shop: Shop, who: keyof Shop['people'], file: string) {
  const answer = await shop.http.inject({
    method: 'POST',
    url: '/api/inventory/import',
    headers: {
      ...shop.people[who].headers,
      'content-type': 'text/csv',
      accept: 'application/x-ndjson',
    },
    payload: file,
  })
  const lines: Answer['body'][] = answer.payload
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  return { answer, lines, last: lines.at(-1) }
}

interface Found {
  readonly line: number
  readonly column: string | null
  readonly code: string
}

export function brief({ line, column, code }: Found) {
  return [line, column, code] as const
}

/** What is wrong, in a report or in the refusal that holds one. */
export function codesOf({ body }: Answer) {
  const { errors } = body.error?.details ?? body
  return (errors as Found[]).map(brief)
}
