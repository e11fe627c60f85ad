// Owns keeping what an import did, in the transaction that does it.
import type { Cause } from '../../lib/cause.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { writeDocument } from './documents-actions.ts'
import { insertDocumentLines } from './documents-store.ts'
import type { Change } from './import-plan-rules.ts'
import { addToImport, insertImport, insertImportLines } from './import-records-store.ts'

export interface ImportLine {
  readonly product_id: number
  readonly action: 'created' | 'updated'
  readonly version: number
  readonly quantity: number
  readonly changes: readonly Change[]
}

/** The first lines make the document. */
export async function recordImport(
  store: Store,
  trx: Trx,
  cause: Cause,
  document_id: number,
  lines: readonly ImportLine[],
): Promise<void> {
  if (lines.length === 0) return
  const count = (action: ImportLine['action']) =>
    lines.filter((line) => line.action === action).length
  const counts = { created: count('created'), updated: count('updated') }
  if (!(await addToImport(trx, document_id, counts))) {
    await writeDocument(trx, cause, { document_id, kind: 'import' })
    await insertImport(trx, { document_id, ...counts })
  }
  await insertImportLines(
    store,
    trx,
    lines.map(({ changes, ...line }) => ({
      document_id,
      ...line,
      outcome: null,
      changes: JSON.stringify(changes),
    })),
  )
  const received = lines.filter(({ quantity }) => quantity > 0)
  await insertDocumentLines(
    store,
    trx,
    received.map(({ product_id, quantity: delta_on_hand }) => ({
      document_id,
      product_id,
      delta_on_hand,
    })),
  )
}
