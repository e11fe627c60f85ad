// Owns what the serving thread and the background thread say to each other, and how failures pass between them.
import type { Settled } from '../../lib/batching.ts'
import { AppError } from '../../lib/errors.ts'

/** From the serving thread. */
export type Request =
  | {
      readonly kind: 'call'
      readonly id: number
      readonly task: string
      readonly argument: unknown
    }
  | { readonly kind: 'committed' }
  | { readonly kind: 'ping' }

/** From the background thread. */
export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pong' }
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: PackedError }
  | { readonly kind: 'committed' }

/** An error as data: cloning one between threads would lose what it carries. */
export type PackedError =
  | {
      readonly kind: 'app'
      readonly code: string
      readonly status: number
      readonly text: { readonly zh: string; readonly en: string }
      readonly details: unknown
      readonly retryAfter: number | undefined
    }
  | {
      readonly kind: 'other'
      readonly message: string
      readonly stack: string | undefined
      readonly code: unknown
      readonly errcode: unknown
    }

export function packError(error: unknown): PackedError {
  if (error instanceof AppError) {
    const { code, status, text, details, retryAfter } = error
    return { kind: 'app', code, status, text, details, retryAfter }
  }
  const { message, stack, code, errcode } = toError(error)
  return { kind: 'other', message, stack, code, errcode }
}

export function unpackError(packed: PackedError): Error {
  if (packed.kind === 'app') {
    const { code, status, text, details, retryAfter } = packed
    return new AppError(code, status, text, {
      details,
      ...(retryAfter === undefined ? {} : { retryAfter }),
    })
  }
  const { message, stack, code, errcode } = packed
  const error = new Error(message)
  if (stack !== undefined) error.stack = stack
  // What tells the store's failures apart.
  return Object.assign(error, code !== undefined && { code }, errcode !== undefined && { errcode })
}

/** Outcomes as data. */
export type PackedOutcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: PackedError }

export function packOutcomes<T>(outcomes: readonly Settled<T>[]): PackedOutcome<T>[] {
  return outcomes.map((outcome) =>
    outcome.ok ? outcome : { ok: false, failure: packError(outcome.error) },
  )
}

export function unpackOutcomes<T>(outcomes: readonly PackedOutcome<T>[]): Settled<T>[] {
  return outcomes.map((outcome) =>
    outcome.ok ? outcome : { ok: false, error: unpackError(outcome.failure) },
  )
}

function toError(error: unknown): Error & { code?: unknown; errcode?: unknown } {
  return error instanceof Error ? error : new Error(String(error))
}
