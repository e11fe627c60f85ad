// Owns saying that something could not be loaded, and trying again.
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'

interface LoadFailureProps {
  readonly error: Error
  readonly onRetry: () => unknown
}

export function LoadFailure({ error, onRetry }: LoadFailureProps) {
  const { t } = useTranslation()
  return (
    <Alert
      type="error"
      title={error.message}
      action={<Button onClick={() => void onRetry()}>{t('actions.retry')}</Button>}
    />
  )
}
