// Owns what the program knows of traces: spans by the cause that they belong to. Off, nothing of it is loaded.

/** What stands in an event or a cause of a request that is traced (W3C Trace Context). */
export interface Traced {
  readonly traceparent?: string
}

export const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

export interface TracingSettings {
  /** Where OTLP over HTTP is taken, the whole address. */
  readonly url: string
  readonly serviceName: string
  readonly sampler: (typeof SAMPLERS)[number]
  /** From 0 to 1, for the samplers that take a part. */
  readonly ratio: number
  /** Milliseconds between two sendings. */
  readonly delayMs: number
}

export type SpanKind = 'server' | 'internal' | 'producer' | 'consumer'
export type Facts = Readonly<Record<string, string | number>>

export interface Span {
  readonly traceId: string
  /** For what follows from it; undefined when the sampler has left this trace out. */
  readonly traceparent: string | undefined
  end(outcome?: { readonly failed?: boolean; readonly facts?: Facts }): void
}

export interface Tracing {
  /** @param parent what the caller has sent; anything that is no traceparent begins a new trace */
  begin(name: string, kind: SpanKind, parent: string | undefined, facts?: Facts): Span
  /** One span for each that is traced. @returns what ends them all; told whether it failed */
  beginEach(
    name: string,
    kind: SpanKind,
    of: readonly Traced[],
    facts?: Facts,
  ): (failed?: boolean) => void
  /** Sends what is still to be sent. */
  close(): Promise<void>
}

/** Null when traces are off. */
export async function openTracing(settings: TracingSettings | null): Promise<Tracing | null> {
  if (!settings) return null
  const { createTracing } = await import('./opentelemetry.ts')
  return createTracing(settings)
}

/** As in `trace.id` of a log line. */
export function traceIdOf({ traceparent }: Traced): string | undefined {
  return traceparent?.split('-')[1]
}
