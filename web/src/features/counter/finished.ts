// Owns which sales this till has finished lately: written together with the sale, so that none is finished twice.
import { addAll, readAll, remove } from './device-db.ts'

interface Finished {
  readonly sale_id: string
  readonly at: number
}

/** Longer than anybody looks for a sale at hand or a parked one. */
const KEPT_MS = 30 * 24 * 3600 * 1000

/** Their sale_ids. */
export async function readFinished(): Promise<Set<string>> {
  const rows = await readAll<Finished>('finished')
  const old = rows.filter(({ at }) => at < Date.now() - KEPT_MS)
  for (const { sale_id } of old) await remove('finished', sale_id)
  return new Set(rows.map(({ sale_id }) => sale_id))
}

/** Keeps a sale for sending. @returns false, and keeps nothing, where it was finished before */
export async function keepFinished(sale_id: string, sale: object): Promise<boolean> {
  try {
    await addAll({ sales: sale, finished: { sale_id, at: Date.now() } satisfies Finished })
    return true
  } catch (error) {
    if (error instanceof DOMException && error.name === 'ConstraintError') return false
    throw error
  }
}
