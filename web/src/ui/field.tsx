// Owns labelled form fields: every one has its label, its hint and its error tied to it.
import { type ComponentProps, type ReactNode, useId } from 'react'

import styles from './field.module.css'

interface FrameProps {
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  /** Says beside the label that the field may stay empty. */
  readonly optional?: string | undefined
}

interface Wiring {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
  readonly className: string | undefined
}

/** For a control that isn't a plain element: it takes the wiring itself. */
export function FieldFrame({
  label,
  hint,
  error,
  optional,
  children,
}: FrameProps & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {optional && <span className={styles.optional}>{optional}</span>}
      </label>
      {children({
        id,
        'aria-describedby': note ? `${id}-note` : undefined,
        'aria-invalid': error ? true : undefined,
        className: styles.input,
      })}
      {note && (
        <p id={`${id}-note`} className={error ? styles.error : styles.hint}>
          {note}
        </p>
      )}
    </div>
  )
}

export function TextField({
  label,
  hint,
  error,
  optional,
  ...rest
}: FrameProps & ComponentProps<'input'>) {
  return (
    <FieldFrame label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => <input {...rest} {...wiring} />}
    </FieldFrame>
  )
}

export function TextArea({
  label,
  hint,
  error,
  optional,
  ...rest
}: FrameProps & ComponentProps<'textarea'>) {
  return (
    <FieldFrame label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => <textarea rows={3} {...rest} {...wiring} />}
    </FieldFrame>
  )
}

export function SelectField({
  label,
  hint,
  error,
  optional,
  children,
  ...rest
}: FrameProps & ComponentProps<'select'>) {
  return (
    <FieldFrame label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => (
        <select {...rest} {...wiring}>
          {children}
        </select>
      )}
    </FieldFrame>
  )
}

interface CheckFieldProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

export function CheckField({ label, checked, onChange }: CheckFieldProps) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  )
}
