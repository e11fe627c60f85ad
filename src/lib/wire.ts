// Owns the wire's common shapes: ids, money, times, and the envelopes every answer is wrapped in.
import Type, { type Static, type TSchema } from 'typebox'

/** Largest integer that JSON and JavaScript carry exactly. */
const MAX_ID = Number.MAX_SAFE_INTEGER

export const Id = Type.Integer({ minimum: 1, maximum: MAX_ID })
/** Money in minor units (fen, cents) of the shop's currency. */
export const Cents = Type.Integer({ minimum: 0, maximum: 100_000_000 })
/** ISO 8601 in UTC. */
export const Timestamp = Type.String({ format: 'date-time' })
export const Page = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
}

export type Named<T extends TSchema> = T & { readonly $id: string }

/** Gives a schema a name: it stands once in the OpenAPI document and is referred to from there. */
export function named<T extends TSchema>($id: string, schema: T): Named<T> {
  return Object.assign(schema, { $id })
}

/** A reference to a named schema, with its type. */
export function ref<T extends TSchema>(schema: Named<T>) {
  return Type.Unsafe<Static<T>>({ $ref: `${schema.$id}#` })
}

export const strict = { additionalProperties: false } as const

/** Two types where that says it: the serializer of a union tries a validator on each of its members. */
export function nullable<T extends TSchema>(schema: T) {
  const { type, ...rest } = schema as { readonly type?: unknown }
  const isPlain = typeof type === 'string' && !('enum' in rest)
  return Type.Unsafe<Static<T> | null>(
    isPlain ? { ...rest, type: [type, 'null'] } : Type.Union([schema, Type.Null()]),
  )
}

/** A closed set of strings, as `enum` rather than a union of constants: shorter, and clearer errors. */
export function oneOf<const T extends readonly string[]>(values: T) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: values })
}

export function oneItem<T extends TSchema>(item: T) {
  return Type.Object({ status: Type.Literal('success'), item })
}

export function itemList<T extends TSchema>(item: T) {
  return Type.Object({
    status: Type.Literal('success'),
    items: Type.Array(item),
    next_cursor: nullable(Type.String()),
  })
}

export const Done = Type.Object({ status: Type.Literal('success') })

export const Failure = named(
  'Failure',
  Type.Object({
    status: Type.Literal('error'),
    error: Type.Object({
      code: Type.String(),
      message: Type.String(),
      details: Type.Optional(Type.Unknown()),
      request_id: Type.String(),
    }),
  }),
)

/** Epoch milliseconds, as stored, to the wire's time. */
export function toTimestamp(epochMs: number): string {
  return new Date(epochMs).toISOString()
}

export function toTimestampOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : toTimestamp(epochMs)
}
