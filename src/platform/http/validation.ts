// Owns checking what comes from outside against its schema.
import type { ValidateFunction } from 'ajv'
import type { FastifyInstance, FastifySchema, FastifySchemaValidationError } from 'fastify'
import { createValidator } from '../validator.ts'

/**
 * Bodies are taken as they are; path and query are strings by nature and are read as the types the schema
 * asks for. Unknown fields are errors, never silently dropped.
 */
export function useStrictValidation(app: FastifyInstance): void {
  const body = createValidator()
  const text = createValidator({ coerceTypes: true })
  const known = new Set<string>()
  app.setValidatorCompiler(({ schema, httpPart }) => {
    for (const [name, shared] of Object.entries(app.getSchemas())) {
      if (known.has(name)) continue
      known.add(name)
      body.addSchema(shared as FastifySchema)
      text.addSchema(shared as FastifySchema)
    }
    // At the first request: compiling all routes' schemas at once would be half of the start.
    const ajv = httpPart === 'body' ? body : text
    let validate: ValidateFunction | undefined
    return (data: unknown) => {
      validate ??= ajv.compile(schema as object)
      if (!validate(data)) return { error: validate.errors as FastifySchemaValidationError[] }
      const instancePath = unwritableAt(data)
      if (instancePath === null) return { value: data }
      return { error: [{ keyword: 'pattern', instancePath, schemaPath: '', params: {} }] }
    }
  })
}

/** Where there is a text that no database stores as it is: with NUL, or half of a surrogate pair. */
function unwritableAt(value: unknown, path = ''): string | null {
  if (typeof value === 'string') return /\0/.test(value) || !value.isWellFormed() ? path : null
  if (typeof value !== 'object' || value === null) return null
  for (const [name, part] of Object.entries(value)) {
    const found = unwritableAt(part, `${path}/${name}`)
    if (found !== null) return found
  }
  return null
}
