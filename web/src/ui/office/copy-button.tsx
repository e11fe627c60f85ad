// Owns copying a text with one press, and saying that it worked.
import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { copyText } from '../../lib/office/clipboard.ts'
import { showToast } from '../toast-store.ts'

const shownMs = 2_500

interface CopyButtonProps {
  readonly text: string
  /** What is copied, in words. */
  readonly label: string
  readonly disabled?: boolean
}

export function CopyButton({ text, label, disabled = false }: CopyButtonProps) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    if (await copyText(text)) setCopied(true)
    else showToast({ tone: 'bad', text: t('people.copyFailed') })
  }
  return (
    <Button
      disabled={disabled}
      icon={copied ? <CheckOutlined /> : <CopyOutlined />}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{copied ? t('people.copied') : label}</span>
    </Button>
  )
}
