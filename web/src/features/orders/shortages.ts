// Owns reading from a refused order what there was too little of.
import { ApiError } from '../../lib/api.ts'

export interface Shortage {
  readonly product_id: number
  readonly requested: number
  readonly available: number
}

export function shortagesOf(error: unknown): readonly Shortage[] {
  if (!(error instanceof ApiError) || error.code !== 'OUT_OF_STOCK') return []
  return Array.isArray(error.details) ? (error.details as Shortage[]) : []
}
