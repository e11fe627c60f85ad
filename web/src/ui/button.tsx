// Owns buttons, and links that look like them.
import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'react-router'

import styles from './button.module.css'

interface Look {
  readonly tone?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly size?: 'md' | 'lg' | 'sm'
  readonly wide?: boolean
}

interface ButtonProps extends Look, ComponentProps<'button'> {
  /** Waiting for the server: pressed again, it does nothing. */
  readonly busy?: boolean
}

export function Button({
  tone,
  size,
  wide,
  busy = false,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classOf({ tone, size, wide })}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {busy && <span className={styles.spinner} aria-hidden="true" />}
      {children}
    </button>
  )
}

interface LinkButtonProps extends Look {
  readonly to: string
  readonly children: ReactNode
}

export function LinkButton({ to, children, ...look }: LinkButtonProps) {
  return (
    <Link to={to} className={classOf(look)}>
      {children}
    </Link>
  )
}

type Loose<T> = { [K in keyof T]?: T[K] | undefined }

function classOf({ tone = 'plain', size = 'md', wide = false }: Loose<Look>): string {
  return [styles.button, styles[tone], styles[size], wide && styles.wide].filter(Boolean).join(' ')
}
