// Owns buttons that show the key which does the same.
import type { ComponentProps } from 'react'

import { Button } from '../../ui/button.tsx'
import styles from './key-button.module.css'

interface KeyButtonProps extends ComponentProps<typeof Button> {
  /** As `useKeys` names it. */
  readonly shortcut: string
}

export function KeyButton({ shortcut, children, ...rest }: KeyButtonProps) {
  return (
    <Button {...rest} aria-keyshortcuts={shortcut.replace('Ctrl', 'Control')}>
      <span>{children}</span>
      <Key name={shortcut} />
    </Button>
  )
}

/** The same for an action that has its key only now and then. */
export function ActionButton({
  shortcut,
  ...rest
}: ComponentProps<typeof Button> & { readonly shortcut: string | undefined }) {
  return shortcut ? <KeyButton {...rest} shortcut={shortcut} /> : <Button {...rest} />
}

export function Key({ name }: { name: string }) {
  return (
    <kbd className={styles.key} aria-hidden="true">
      {shown[name] ?? name}
    </kbd>
  )
}

const shown: Readonly<Record<string, string>> = {
  Delete: 'Del',
  'Ctrl+Delete': 'Ctrl Del',
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
}
