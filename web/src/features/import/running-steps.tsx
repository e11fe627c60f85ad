// Owns what is shown while the server works on a file, and when it broke off.
import { Alert, Button, Card, Space } from 'antd'
import { useTranslation } from 'react-i18next'

import { useFormat } from '../../lib/format.ts'
import { ProgressBar } from './progress-bar.tsx'
import type { Progress } from './send-import.ts'
import styles from './import.module.css'

interface RunningProps {
  readonly file: File
  readonly progress: Progress | null
  readonly onStop: () => void
}

export function CheckingStep({ file, progress, onStop }: RunningProps) {
  const { t } = useTranslation()
  return (
    <Card title={t('import.checking')}>
      <div className={styles.running}>
        <FileLine file={file} />
        <ProgressBar label={t('import.checking')} progress={progress} />
        <Button onClick={onStop}>{t('import.stopChecking')}</Button>
      </div>
    </Card>
  )
}

export function ImportingStep({ file, progress, onStop }: RunningProps) {
  const { t } = useTranslation()
  return (
    <Card title={t('import.importingTitle')}>
      <div className={styles.running}>
        <FileLine file={file} />
        <ProgressBar label={t('import.importingTitle')} progress={progress} />
        <p>{t('import.keepOpen')}</p>
        <Button danger onClick={onStop}>
          {t('import.stop')}
        </Button>
      </div>
    </Card>
  )
}

interface StoppedProps {
  readonly progress: Progress | null
  readonly failure: Error | null
  readonly onGoOn: () => void
  readonly onOther: () => void
}

export function StoppedStep({ progress, failure, onGoOn, onOther }: StoppedProps) {
  const { t } = useTranslation()
  return (
    <Card title={t('import.stoppedTitle')}>
      <div className={styles.running}>
        {failure && <Alert type="error" showIcon title={failure.message} />}
        {progress && <ProgressBar label={t('import.stoppedTitle')} progress={progress} stopped />}
        <p>{t('import.stoppedText')}</p>
        <Space wrap>
          <Button type="primary" onClick={onGoOn}>
            {t('import.goOn')}
          </Button>
          <Button onClick={onOther}>{t('import.otherFile')}</Button>
        </Space>
      </div>
    </Card>
  )
}

export function FileLine({ file }: { file: File }) {
  const { bytes } = useFormat()
  return (
    <p className={styles.file}>
      <strong>{file.name}</strong> <span>{bytes(file.size)}</span>
    </p>
  )
}
