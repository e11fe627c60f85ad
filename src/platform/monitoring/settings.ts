// Owns the settings of whoever watches the shop: categories of the log, a worker's port, traces.
import type { SettingsReader } from '../settings.ts'
import { SAMPLERS, type TracingSettings } from '../telemetry/tracing.ts'

const LOG_CATEGORIES = ['request', 'cache', 'database'] as const
export type LogCategory = (typeof LOG_CATEGORIES)[number]

export interface Monitoring {
  /** What is written only when it is asked for. */
  readonly logCategories: readonly LogCategory[]
  /** Where a worker answers for its health and its metrics; null: nowhere. */
  readonly worker: { readonly host: string; readonly port: number } | null
  /** Null: no traces. */
  readonly tracing: TracingSettings | null
}

export function readMonitoring(read: SettingsReader): Monitoring {
  return {
    logCategories: readCategories(read),
    worker: readWorker(read),
    tracing: readTracing(read),
  }
}

function readCategories(read: SettingsReader): LogCategory[] {
  const asked = (read.optional('PETSHOP_LOG') ?? '').split(',').map((name) => name.trim())
  const found = LOG_CATEGORIES.filter((name) => asked.includes(name))
  const unknown = asked.filter((name) => name && !LOG_CATEGORIES.some((known) => known === name))
  if (unknown.length > 0) {
    read.problems.push(`PETSHOP_LOG: must list some of ${LOG_CATEGORIES.join(', ')}`)
  }
  return found
}

function readWorker(read: SettingsReader): Monitoring['worker'] {
  const host = read.text('PETSHOP_WORKER_HOST', '127.0.0.1')
  const port = read.pattern('PETSHOP_WORKER_PORT', '9464', /^(off|\d{1,5})$/, 'a port, or `off`')
  if (port === 'off') return null
  if (Number(port) > 65_535) read.problems.push(`PETSHOP_WORKER_PORT=${port}: no such port`)
  return { host, port: Number(port) }
}

/** By OpenTelemetry's own names, as every program of a fleet is set; the exporter reads the rest by itself. */
function readTracing(read: SettingsReader): TracingSettings | null {
  const base = read.optional('OTEL_EXPORTER_OTLP_ENDPOINT')
  const whole = read.optional('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT')
  const url = whole ?? (base && `${base.replace(/\/+$/, '')}/v1/traces`)
  const settings = {
    serviceName: read.text('OTEL_SERVICE_NAME', 'petshop'),
    sampler: read.choice('OTEL_TRACES_SAMPLER', SAMPLERS) ?? 'parentbased_always_on',
    ratio: readRatio(read),
    delayMs: read.integer('OTEL_BSP_SCHEDULE_DELAY', 5000, 1, 3_600_000),
  }
  const off = /^true$/i.test(read.optional('OTEL_SDK_DISABLED') ?? '')
  if (url === null) return null
  if (!/^https?:/.test(URL.parse(url)?.protocol ?? '')) {
    read.problems.push(
      'OTEL_EXPORTER_OTLP_ENDPOINT: must be an address as in http://collector:4318',
    )
  }
  return off ? null : { url, ...settings }
}

function readRatio(read: SettingsReader): number {
  const text = read.text('OTEL_TRACES_SAMPLER_ARG', '1')
  const ratio = Number(text)
  if (ratio >= 0 && ratio <= 1) return ratio
  read.problems.push(`OTEL_TRACES_SAMPLER_ARG=${text}: must be a number from 0 to 1`)
  return 1
}
