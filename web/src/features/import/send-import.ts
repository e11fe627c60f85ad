// Owns sending a file to the import and following how far the server has come.
import type { ImportReport } from '../../../../src/modules/inventory/schema.ts'
import { postFile, refusalOf } from '../../lib/api.ts'
import { readJsonLines } from '../../lib/office/json-lines.ts'

export interface Progress {
  readonly done: number
  readonly total: number
}

interface Sending {
  readonly dryRun: boolean
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

type Line =
  | ({ readonly status: 'working' } & Progress)
  | ImportReport
  | { readonly status: 'error'; readonly error: object }

/** @throws ApiError when it was refused or broke off, AbortError when the caller stopped it */
export async function sendImport(
  file: File,
  { dryRun, signal, onProgress }: Sending,
): Promise<ImportReport> {
  // Browsers name the type by what is installed: an Excel makes CSV its own.
  const csv = new Blob([file], { type: 'text/csv' })
  const response = await postFile('/inventory/import', csv, {
    query: { dry_run: dryRun },
    headers: { accept: 'application/x-ndjson', 'content-type': csv.type },
    signal,
  })
  for await (const line of readJsonLines(response) as AsyncIterable<Line>) {
    if (line.status === 'working') onProgress({ done: line.done, total: line.total })
    else if (line.status === 'success') return line
    else throw refusalOf(400, line)
  }
  // The server ended before its last word.
  throw refusalOf(502, null)
}
