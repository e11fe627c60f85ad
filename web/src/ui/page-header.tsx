// Owns the top of a page: its title, what it is about, and the way back.
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { useDocumentTitle } from '../lib/document-title.ts'
import { Icon } from './icon.tsx'
import styles from './page-header.module.css'

interface PageHeaderProps {
  readonly title: string
  readonly text?: string | undefined
  readonly back?: { readonly to: string; readonly label: string }
  readonly children?: ReactNode
}

export function PageHeader({ title, text, back, children }: PageHeaderProps) {
  useDocumentTitle(title)
  return (
    <header className={styles.header}>
      {back && (
        <Link to={back.to} className={styles.back}>
          <Icon name="back" size={18} />
          {back.label}
        </Link>
      )}
      <div className={styles.row}>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
      {text && <p className={styles.text}>{text}</p>}
    </header>
  )
}
