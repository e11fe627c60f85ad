// Owns the end of an import: what it came to, and where to look at it.
import { Button, Card, Space } from 'antd'
import { useTranslation } from 'react-i18next'

import type { ImportReport } from '../../../../src/modules/inventory/schema.ts'
import { LinkButton } from '../../ui/button.tsx'
import { ChangesTable } from './changes-table.tsx'
import { Counts } from './counts.tsx'
import styles from './import.module.css'
import { UndoButton } from './past-imports.tsx'

interface DoneStepProps {
  readonly report: ImportReport
  readonly onAgain: () => void
}

export function DoneStep({ report, onAgain }: DoneStepProps) {
  const { t } = useTranslation()
  return (
    <>
      <Card title={t('import.doneTitle')}>
        <div className={styles.running}>
          <Counts report={report} done />
          <Space wrap>
            <LinkButton tone="primary" size="sm" to="/office/stock?sort=newest">
              {t('import.toProducts')}
            </LinkButton>
            {report.import_id !== null && (
              <UndoButton
                item={{ import_id: report.import_id, undo_document_id: null }}
                onUndone={onAgain}
              />
            )}
            <Button onClick={onAgain}>{t('import.anotherFile')}</Button>
          </Space>
        </div>
      </Card>
      <ChangesTable report={report} />
    </>
  )
}
