// Owns a form's values, what is wrong with them, and the way to the server and back.
import { type FormEvent, useState } from 'react'

import { ApiError } from '../lib/api.ts'

type Errors<V> = Partial<Record<keyof V, string>>

interface Options<V> {
  readonly initial: V
  /** What is wrong before anything is sent; empty when all is well. */
  readonly check?: (values: V) => Errors<V>
  readonly send: (values: V) => Promise<unknown>
}

export function useForm<V extends Record<string, string>>({ initial, check, send }: Options<V>) {
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<Errors<V>>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    const form = event.currentTarget
    const wrong = check?.(values) ?? {}
    setErrors(wrong)
    setFailure(null)
    if (Object.values(wrong).some(Boolean)) return focusFirstError(form)
    setBusy(true)
    try {
      await send(values)
    } catch (error) {
      const atFields = fieldErrors<V>(error, values)
      setErrors(atFields)
      if (Object.keys(atFields).length > 0) focusFirstError(form)
      else setFailure(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }

  return {
    values,
    errors,
    failure,
    busy,
    setValues,
    onSubmit: (event: FormEvent<HTMLFormElement>) => void submit(event),
    /** The props that bind one field. */
    field: (name: keyof V & string) => ({
      name,
      value: values[name],
      error: errors[name],
      onChange: (event: { target: { value: string } }) =>
        setValues((before) => ({ ...before, [name]: event.target.value })),
    }),
  }
}

/** The server names wrong fields in `details` and begins its message with that name. */
function fieldErrors<V>(error: unknown, values: V): Errors<V> {
  const found: Errors<V> = {}
  if (!(error instanceof ApiError) || !Array.isArray(error.details)) return found
  for (const detail of error.details as { field?: unknown }[]) {
    const name = String(detail.field ?? '')
    if (!(name in (values as object))) continue
    found[name as keyof V] = error.message.replace(new RegExp(`^${name}\\s*[:：]\\s*`), '')
  }
  return found
}

function focusFirstError(form: HTMLFormElement): void {
  // After React has marked the wrong fields.
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid]')?.focus())
}
