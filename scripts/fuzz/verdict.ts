// Owns what is right about an answer: its status and body stand in the description, and it is never the server's failure.
import type { RawAnswer } from './connection.ts'
import type { Description, Operation, Schema } from './document.ts'

const JSON_TYPE = 'application/json'

/** Null when all is well; else what is wrong, in words. */
export function complaintAbout(
  description: Description,
  operation: Operation | null,
  method: string,
  answer: RawAnswer,
): string | null {
  const { status, type, body } = answer
  if (status >= 500) return `${status}: ${body.slice(0, 500)}`
  // Neither has a body.
  if (method === 'HEAD' || type === 'text/event-stream') return null
  if (!operation && status < 400) return null
  const declared = operation ? declaredContent(operation, status) : null
  if (operation && !declared) return `${status} is not declared`
  const schema = status >= 400 ? FAILURE : declared?.[type]?.schema
  if (!schema) return `${status} with the type "${type}", which is not declared`
  if (status >= 400 && type !== JSON_TYPE) return `${status} with the type "${type}"`
  return type === JSON_TYPE ? complaintAboutJson(description, schema, body, status) : null
}

const FAILURE: Schema = { $ref: '#/components/schemas/Failure' }

function declaredContent({ responses }: Operation, status: number) {
  const found = responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`]
  return found ? (found.content ?? {}) : null
}

function complaintAboutJson(
  description: Description,
  schema: Schema,
  text: string,
  status: number,
): string | null {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return `${status} with a body that is no JSON: ${text.slice(0, 200)}`
  }
  const complaint = description.complaint(schema, body)
  return complaint === null ? null : `${status}, ${complaint}: ${text.slice(0, 300)}`
}
