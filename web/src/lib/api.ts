// Owns every conversation with the server: JSON over fetch, and failures as typed errors.
import { connectionFailed, isServersAnswer } from './connection.ts'
import { forgetEarly, takeEarly } from './early.ts'
import { currentLanguage, translate } from './i18n.ts'

type QueryValue = string | number | boolean | null | undefined
export type Query = Readonly<Record<string, QueryValue>>

interface Options {
  readonly query?: Query
  readonly body?: unknown
  /** Sent as it is, instead of a body in JSON. */
  readonly file?: Blob
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** The server's answer to a list request. */
export interface Page<T> {
  readonly items: T[]
  readonly next_cursor: string | null
}

/** A failure whose message may be shown: the server already words it in the page's language. */
export class ApiError extends Error {
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number
  readonly code: string
  readonly details: unknown
  readonly requestId: string | null

  constructor(
    status: number,
    code: string,
    message: string,
    details?: unknown,
    requestId: string | null = null,
  ) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.details = details
    this.requestId = requestId
  }
}

type SignedOutListener = () => void
let onSignedOut: SignedOutListener = () => {}

/** Registers what to do when the server no longer knows this browser's session. */
export function whenSignedOut(listener: SignedOutListener): void {
  onSignedOut = listener
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    request<T>('GET', path, { ...(query && { query }), ...(signal && { signal }) }),
  post: <T>(
    path: string,
    body: unknown = {},
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ) => request<T>('POST', path, { body, headers, ...(signal && { signal }) }),
  put: <T>(path: string, body: unknown = {}) => request<T>('PUT', path, { body }),
  patch: <T>(path: string, body: unknown) => request<T>('PATCH', path, { body }),
  delete: <T>(path: string) => request<T>('DELETE', path, {}),
}

/** For answers that are read as they come. @throws ApiError on a refusal */
export async function postFile(
  path: string,
  file: Blob,
  options: Pick<Options, 'query' | 'headers' | 'signal'>,
): Promise<Response> {
  const response = await send('POST', path, { ...options, file })
  if (response.ok) return response
  throw refusalOf(response.status, await readJson(response))
}

async function request<T>(method: string, path: string, options: Options): Promise<T> {
  if (method !== 'GET') forgetEarly()
  const address = path + queryString(options.query)
  const early = method === 'GET' ? await takeEarly(address, options.signal) : null
  const response = early ?? (await send(method, path, options))
  const answer = await readJson(response)
  if (response.ok) return answer as T
  throw refusalOf(response.status, answer)
}

/** What the server said no with; whoever it doesn't know any more is signed out. */
export function refusalOf(status: number, answer: unknown): ApiError {
  if (status === 401) onSignedOut()
  return failureOf(status, answer)
}

export function networkFailure(): ApiError {
  connectionFailed()
  return new ApiError(0, 'NETWORK', translate('errors.network'))
}

async function send(method: string, path: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': currentLanguage(),
    ...options.headers,
  }
  if (options.body !== undefined) headers['content-type'] = 'application/json'
  try {
    const response = await fetch(`/api${path}${queryString(options.query)}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
      ...(options.file && { body: options.file }),
      ...(options.signal && { signal: options.signal }),
    })
    if (!isServersAnswer(response)) connectionFailed()
    return response
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw networkFailure()
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function failureOf(status: number, answer: unknown): ApiError {
  const failure = (answer as { error?: Partial<ApiError> & { request_id?: string } } | null)?.error
  if (failure?.code && failure.message) {
    return new ApiError(
      status,
      failure.code,
      failure.message,
      failure.details,
      failure.request_id ?? null,
    )
  }
  return new ApiError(status, 'UNKNOWN', translate('errors.unknown', { status }))
}

export function queryString(query: Query | undefined): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value))
  }
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}
