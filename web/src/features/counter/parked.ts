// Owns sales that were put aside: on the device, for whoever stands at it next.
import { addAll, readAll, remove } from './device-db.ts'
import type { Draft } from './draft.ts'
import { watched } from './listen.ts'

export interface ParkedSale {
  readonly id: number
  readonly parked_at: string
  readonly seller: string
  readonly draft: Draft
}

const parked = watched<readonly ParkedSale[]>([])
export const useParked = parked.use

export async function readParked(): Promise<void> {
  parked.set(await readAll<ParkedSale>('parked'))
}

export async function park(draft: Draft, seller: string): Promise<void> {
  await addAll({ parked: { parked_at: new Date().toISOString(), seller, draft } })
  await readParked()
}

/** It is the sale at hand from now on. */
export async function dropParked(sale: ParkedSale): Promise<void> {
  await remove('parked', sale.id)
  await readParked()
}
