// Owns the log: one JSON object a line, with the Elastic Common Schema's field names; no secret and no person in it.
// https://www.elastic.co/docs/reference/ecs
import { type DestinationStream, type Logger, pino } from 'pino'
import type { LogLevel } from './config.ts'
import type { LogCategory, Monitoring } from './monitoring/settings.ts'
import { withoutPrivate, withoutSecrets } from './redaction.ts'

export type Log = Logger

const ECS_VERSION = '9.2.0'

/** @param destination standard output unless told otherwise */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: { 'ecs.version': ECS_VERSION, 'service.name': 'petshop', 'process.pid': process.pid },
    messageKey: 'message',
    timestamp: () => `,"@timestamp":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ 'log.level': label }), log: toFields },
    // The last thing before a line is written: whatever brought a secret into it.
    hooks: { streamWrite: withoutSecrets },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** The log of what is written only when it is asked for (PETSHOP_LOG); null when it isn't. */
export function logOf(
  log: Log,
  { logCategories }: Pick<Monitoring, 'logCategories'>,
  category: LogCategory,
): Log | null {
  if (!logCategories.includes(category)) return null
  return log.child({ 'event.dataset': `petshop.${category}` })
}

/** What our words are called in the schema; any other one stands under the shop's own name. */
const NAMES: Readonly<Record<string, string>> = {
  event_id: 'event.id',
  method: 'http.request.method',
  reason: 'event.reason',
  request_id: 'http.request.id',
  trace_id: 'trace.id',
}

function toFields(fields: Record<string, unknown>): Record<string, unknown> {
  const named: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Error) Object.assign(named, fieldsOfError(value))
    else if (name.includes('.')) named[name] = value
    else named[NAMES[name] ?? `petshop.${name}`] = withoutPrivate(name, value)
  }
  return named
}

/** Only these: what a driver hangs on its errors may hold the statement's values. */
function fieldsOfError(error: Error): Record<string, unknown> {
  const { code } = error as NodeJS.ErrnoException
  return {
    'error.type': error.name,
    'error.message': error.message,
    'error.stack_trace': withCause(error),
    ...(typeof code === 'string' && { 'error.code': code }),
  }
}

function withCause(error: Error): string {
  const { cause } = error
  const stack = error.stack ?? error.message
  return cause instanceof Error ? `${stack}\ncaused by: ${withCause(cause)}` : stack
}
