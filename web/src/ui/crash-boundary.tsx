// Owns what is shown when a page breaks: a sentence and a way on, never a white screen.
import { Component, type ReactNode } from 'react'

import { translate } from '../lib/i18n.ts'
import { Button } from './button.tsx'
import { EmptyState } from './states.tsx'

export class CrashBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <EmptyState
        whole
        icon="alert"
        title={translate('states.broken')}
        text={translate('states.brokenText')}
      >
        <Button tone="primary" onClick={() => location.reload()}>
          {translate('actions.reload')}
        </Button>
      </EmptyState>
    )
  }
}
