// Owns the validator of schemas: of requests, of events' payloads, of what the command line is given.
import { Ajv } from 'ajv'
import formats from 'ajv-formats'

/** @param options.coerceTypes for path and query, whose numbers are written as texts */
export function createValidator({ coerceTypes = false } = {}): Ajv {
  const ajv = new Ajv({ coerceTypes, useDefaults: true, allErrors: false, strict: false })
  formats.default(ajv, ['date-time', 'email', 'uuid'])
  const time = ajv.formats['date-time'] as { validate(text: string): boolean }
  // ISO 8601 has leap seconds, JavaScript's clock has not.
  const validate = (text: string) => time.validate(text) && !Number.isNaN(Date.parse(text))
  return ajv.addFormat('date-time', { validate })
}
