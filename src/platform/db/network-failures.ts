// Owns how a connection that fails looks from here, whichever database is at its other end.

/** No connection became free in time: the shop is busy. */
export const STORE_BUSY = 'STORE_BUSY'
/** A statement got no answer in time, and its connection was cut. */
export const STORE_SILENT = 'STORE_SILENT'
/** The server has been silent for a while: nobody is kept waiting for it. */
export const STORE_AWAY = 'STORE_AWAY'

const NETWORK_CODES: ReadonlySet<unknown> = new Set([
  STORE_SILENT,
  STORE_AWAY,
  // The connection broke while the database was committing.
  'COMMIT_UNKNOWN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
])

export function isNetworkFailure(error: unknown): boolean {
  return NETWORK_CODES.has(codeOf(error))
}

/** A driver's or the system's code; null when the error has none. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}

export function silentError(): Error {
  return Object.assign(new Error('the database gave no answer'), { code: STORE_SILENT })
}
