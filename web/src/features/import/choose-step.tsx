// Owns choosing the file to import, and what it should look like.
import { InboxOutlined } from '@ant-design/icons'
import { Alert, Button, Card } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { FileDrop } from '../../ui/office/file-drop.tsx'
import { ColumnsHelp } from './columns-help.tsx'
import styles from './import.module.css'

export const ACCEPT = '.csv,.txt,.tsv,text/csv,text/plain'
const MOST_BYTES = 50 * 1024 * 1024

interface ChooseStepProps {
  /** Why the last file could not be checked. */
  readonly failure: Error | null
  readonly onFile: (file: File) => void
}

export function ChooseStep({ failure, onFile }: ChooseStepProps) {
  const { t } = useTranslation()
  const [tooLarge, setTooLarge] = useState(false)
  const take = (file: File) => {
    setTooLarge(file.size > MOST_BYTES)
    if (file.size <= MOST_BYTES) onFile(file)
  }
  const wrong = tooLarge ? t('import.tooLarge') : failure?.message
  return (
    <>
      <Card>
        <div className={styles.running}>
          {wrong && <Alert type="error" showIcon title={wrong} />}
          <FileDrop label={t('import.file')} accept={ACCEPT} onFile={take}>
            {(choose) => (
              <div className={styles.drop}>
                <InboxOutlined className={styles.mark} />
                <Button type="primary" size="large" onClick={choose}>
                  {t('import.chooseFile')}
                </Button>
                <p>{t('import.dropHint')}</p>
              </div>
            )}
          </FileDrop>
          <p>{t('import.safe')}</p>
        </div>
      </Card>
      <ColumnsHelp />
    </>
  )
}
