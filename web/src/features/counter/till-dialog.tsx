// Owns the frame of the till's dialogs: what must be read now stands in it, because a toast lies beneath.
import { type ComponentProps, createContext, useContext } from 'react'

import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'

/** What went wrong since the dialog was opened. */
export const TillNotice = createContext<string | null>(null)

export function TillDialog({ children, ...rest }: Omit<ComponentProps<typeof Dialog>, 'open'>) {
  const notice = useContext(TillNotice)
  return (
    <Dialog open {...rest}>
      {notice !== null && <Notice tone="bad">{notice}</Notice>}
      {children}
    </Dialog>
  )
}
