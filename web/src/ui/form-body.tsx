// Owns a form's frame: its fields one below the other, and what went wrong as a whole above them.
import type { FormEvent, ReactNode } from 'react'

import styles from './form-body.module.css'
import { Notice } from './notice.tsx'

interface FormBodyProps {
  readonly form: {
    readonly failure: string | null
    readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void
  }
  readonly children: ReactNode
}

/** Our own checks speak the page's language; the browser's would speak the browser's. */
export function FormBody({ form, children }: FormBodyProps) {
  return (
    <form noValidate className={styles.form} onSubmit={form.onSubmit}>
      {form.failure && <Notice tone="bad">{form.failure}</Notice>}
      {children}
    </form>
  )
}
