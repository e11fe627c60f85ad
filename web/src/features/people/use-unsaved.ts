// Owns that what was typed about a person isn't lost unasked: by closing the form, a link or the back button.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useLeaveGuard } from '../../lib/office/leave-guard.ts'
import { useConfirm } from '../../ui/office/use-confirm.ts'

/** @param onClose closes the form, when it may be */
export function useUnsaved(open: boolean, onClose: () => void) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const [dirty, setDirty] = useState(false)
  const mayLeave = () =>
    confirm({
      title: t('editor.unsavedTitle'),
      text: t('editor.unsavedText'),
      ok: t('editor.closeAnyway'),
      cancel: t('editor.keepEditing'),
    })
  useLeaveGuard(dirty && open, mayLeave)
  return {
    setDirty,
    close: async () => {
      if (dirty && !(await mayLeave())) return
      setDirty(false)
      onClose()
    },
  }
}
