// Owns what a failure of the store is called outside: one name for each, whatever the engine's own is.
import { AppError, defineError } from '../../lib/errors.ts'
import type { Dialect } from './dialect.ts'

const storeBusy = defineError('STORE_UNAVAILABLE', 503, {
  zh: '系统正忙，请稍后再试。',
  en: 'The shop is busy; please try again in a moment.',
})
const storageFull = defineError('STORAGE_FULL', 507, {
  zh: '存储空间已满，请联系店家。',
  en: 'The storage is full; please tell the shop.',
})
/** Null for what is no failure of the store itself. */
export function storeAnswer(error: unknown, dialect: Dialect): AppError | null {
  switch (dialect.classify(error)) {
    case 'transient':
    case 'away':
      return storeBusy({ retryAfter: 1 })
    case 'full':
      return storageFull({ retryAfter: 30 })
    default:
      return null
  }
}

/** The code that the caller is told; INTERNAL for what nobody foresaw. */
export function answeredCode(error: unknown, dialect: Dialect): string {
  if (error instanceof AppError) return error.code
  return storeAnswer(error, dialect)?.code ?? 'INTERNAL'
}
