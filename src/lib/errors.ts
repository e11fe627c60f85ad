// Owns how a failure is defined and thrown: a stable code, an HTTP status, a text in both languages.

export interface Text {
  readonly zh: string
  readonly en: string
}

export interface ErrorOptions {
  /** Machine-readable facts about this occurrence, sent to the caller as `error.details`. */
  readonly details?: unknown
  /** Values for `{name}` placeholders in the message. */
  readonly params?: Readonly<Record<string, string | number>>
  /** Seconds after which a retry is worthwhile; becomes the Retry-After header. */
  readonly retryAfter?: number
}

/** A failure that the caller may see. Anything else that is thrown is answered as a bare 500. */
export class AppError extends Error {
  readonly code: string
  readonly status: number
  readonly text: Text
  readonly details: unknown
  readonly retryAfter: number | undefined

  constructor(code: string, status: number, text: Text, options: ErrorOptions = {}) {
    const filled = { zh: fill(text.zh, options.params), en: fill(text.en, options.params) }
    super(`${code}: ${filled.en}`)
    this.name = 'AppError'
    this.code = code
    this.status = status
    this.text = filled
    this.details = options.details
    this.retryAfter = options.retryAfter
  }
}

export interface ErrorDefinition {
  (options?: ErrorOptions): AppError
  readonly code: string
  readonly status: number
}

/** Defines one kind of failure; the returned function makes an error of it, ready to throw. */
export function defineError(code: string, status: number, text: Text): ErrorDefinition {
  return Object.assign((options?: ErrorOptions) => new AppError(code, status, text, options), {
    code,
    status,
  })
}

/** The code of any failure; INTERNAL for those that nobody foresaw. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL'
}

function fill(text: string, params: ErrorOptions['params']): string {
  if (!params) return text
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}
