// Owns asking a person before something is lost.
import { App } from 'antd'
import { useCallback } from 'react'

interface Question {
  readonly title: string
  readonly text: string
  readonly ok: string
  readonly cancel: string
}

/** Resolves to whether they agreed; asked again meanwhile, the first question stays and the second is a no. */
export function useConfirm() {
  const { modal } = App.useApp()
  return useCallback(
    async ({ title, text, ok, cancel }: Question): Promise<boolean> => {
      if (asking) return false
      asking = true
      try {
        return await modal.confirm({
          title,
          content: text,
          okText: ok,
          cancelText: cancel,
          okButtonProps: { danger: true },
          autoFocusButton: 'cancel',
        })
      } finally {
        asking = false
      }
    },
    [modal],
  )
}

let asking = false
