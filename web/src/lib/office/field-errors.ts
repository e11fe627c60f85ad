// Owns which field of a form a refusal belongs to. The server names it in `details` and before its message.
import { ApiError } from '../api.ts'

export interface FieldError<Name extends string> {
  readonly name: Name
  readonly errors: string[]
}

/** Empty when the refusal is about none of these fields. */
export function fieldErrors<Name extends string>(
  error: unknown,
  names: readonly Name[],
): FieldError<Name>[] {
  if (!(error instanceof ApiError) || !Array.isArray(error.details)) return []
  const details: { field?: unknown }[] = error.details
  return details.flatMap((detail) => {
    const name = names.find((known) => known === detail.field)
    return name === undefined ? [] : [{ name, errors: [withoutName(error.message)] }]
  })
}

function withoutName(message: string): string {
  return message.replace(/^\w+\s*[:：]\s*/, '')
}
