// Owns the log: one JSON object a line, with the Elastic Common Schema's field names.
import { pino, type Logger } from 'pino'
import type { LogLevel } from './config.ts'

export type Log = Logger

export function createLog(level: LogLevel): Log {
  return pino({
    level,
    base: { 'service.name': 'petshop', 'process.pid': process.pid },
    messageKey: 'message',
    errorKey: 'error',
    timestamp: () => `,"@timestamp":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ 'log.level': label }) },
    redact: {
      paths: ['req.headers.authorization', 'req.headers.cookie', '*.password', '*.token'],
      censor: '[redacted]',
    },
  })
}
