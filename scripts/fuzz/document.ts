// Owns reading the API's own description: what can be called, with what, and which answers it declares.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

/** A JSON Schema as far as good values are made of it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly format?: string
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly schema: Schema
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>

export interface Operation {
  /** As in `GET`. */
  readonly method: string
  /** As in `/api/orders/{order_id}`. */
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body: Content
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

export interface Description {
  readonly operations: readonly Operation[]
  /** The schema that a reference stands for. */
  resolve(schema: Schema): Schema
  /** Null when the body is what the schema says; else what is wrong. */
  complaint(schema: Schema, body: unknown): string | null
}

interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, Omit<Operation, 'body'> & { requestBody?: { content: Content } }>>
    >
  >
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const ID = 'urn:petshop:api'

/** @param json of `GET /api/openapi.json` */
export function readDescription(json: string): Description {
  const document = JSON.parse(json) as OpenApi
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv, ['date-time', 'email', 'uuid'])
  ajv.addSchema({ $id: ID, components: document.components })
  const compiled = new Map<Schema, ValidateFunction>()
  const compile = (schema: Schema) =>
    ajv.compile(
      JSON.parse(
        JSON.stringify(schema).replaceAll('"#/components', `"${ID}#/components`),
      ) as object,
    )
  return {
    operations: operationsOf(document),
    resolve: (schema) => resolved(document, schema),
    complaint(schema, body) {
      try {
        const validate = compiled.get(schema) ?? compile(schema)
        compiled.set(schema, validate)
        return validate(body) ? null : ajv.errorsText(validate.errors)
      } catch (error) {
        return `the description can't be checked against: ${(error as Error).message}`
      }
    },
  }
}

function operationsOf({ paths }: OpenApi): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: requestBody?.content ?? {},
      responses,
    })),
  )
}

function resolved(document: OpenApi, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema
  const name = schema.$ref.slice('#/components/schemas/'.length)
  const target = document.components.schemas[name]
  if (!target) throw new Error(`the description names ${schema.$ref}, which isn't there`)
  return resolved(document, target)
}
