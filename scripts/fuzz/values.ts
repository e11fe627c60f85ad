// Owns good values for a schema, and how one place of them is spoilt.
import type { Random } from '../../src/demo/random.ts'
import type { Description, Schema } from './document.ts'
import { strangeKey, strangeValue } from './strange.ts'

/** Ids that exist, by the name of the field: a request about nothing gets no further than 404. */
export type KnownIds = Readonly<Record<string, readonly (number | string)[]>>

export interface Making {
  readonly description: Pick<Description, 'resolve'>
  readonly random: Random
  readonly known: KnownIds
  /** How often a field is given that may be left out. */
  readonly optional?: number
}

/** A value that the schema allows, as far as types, bounds and names say it. */
export function goodValue(making: Making, given: Schema, name = ''): unknown {
  const schema = making.description.resolve(given)
  const { random, known } = making
  const ids = known[name]
  const type = typeof schema.type === 'object' ? random.pick(schema.type) : schema.type
  if (ids?.length && type !== 'null') return random.pick(ids)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return random.pick(schema.enum)
  if (schema.anyOf) return goodValue(making, random.pick(schema.anyOf), name)
  switch (type) {
    case 'object':
      return goodObject(making, schema)
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 0, random.int(1, 2)) }, () =>
        goodValue(making, schema.items ?? {}, name),
      )
    case 'integer':
    case 'number':
      return random.int(
        schema.minimum ?? 0,
        Math.min(schema.maximum ?? 100, (schema.minimum ?? 0) + 20),
      )
    case 'boolean':
      return random.chance(0.5)
    case 'null':
      return null
    default:
      return goodText(random, schema)
  }
}

function goodObject(making: Making, schema: Schema): Record<string, unknown> {
  const { random, optional = 0.5 } = making
  const given = Object.entries(schema.properties ?? {}).filter(
    ([name]) => schema.required?.includes(name) || random.chance(optional),
  )
  return Object.fromEntries(given.map(([name, part]) => [name, goodValue(making, part, name)]))
}

function goodText(random: Random, schema: Schema): string {
  const number = random.int(0, 1e9)
  if (schema.format === 'email') return `fuzz${number}@example.com`
  if (schema.format === 'date-time') return new Date(1.77e12 + number * 1000).toISOString()
  if (schema.format === 'uuid') return crypto.randomUUID()
  const text = `fuzz${number}`.padEnd(schema.minLength ?? 0, 'x')
  return text.slice(0, schema.maxLength ?? 100)
}

/** The same with one place changed, left out, or joined by a field that nobody asked for. */
export function spoilt(random: Random, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.05))
    return strangeValue(random)
  if (Array.isArray(value)) return spoiltArray(random, value)
  const fields = Object.entries(value)
  const chosen = random.int(0, Math.max(0, fields.length - 1))
  switch (random.int(0, 5)) {
    case 0:
      return Object.fromEntries(fields.filter((_, i) => i !== chosen))
    case 1:
      return Object.fromEntries([...fields, [strangeKey(random), strangeValue(random)]])
    default:
      return Object.fromEntries(
        fields.map(([key, part], i) => [key, i === chosen ? spoilt(random, part) : part] as const),
      )
  }
}

function spoiltArray(random: Random, value: readonly unknown[]): unknown {
  switch (random.int(0, 4)) {
    case 0:
      return []
    case 1:
      return [...value, ...value, strangeValue(random)]
    case 2:
      return Array.from({ length: 101 }, () => value[0])
    default: {
      const chosen = random.int(0, Math.max(0, value.length - 1))
      return value.map((part, i) => (i === chosen ? spoilt(random, part) : part))
    }
  }
}
