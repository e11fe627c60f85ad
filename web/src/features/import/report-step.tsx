// Owns what the check of a file found: nothing is written yet; a file with errors is corrected and chosen again.
import { Alert, Button, Card } from 'antd'
import { useTranslation } from 'react-i18next'

import type { ImportReport } from '../../../../src/modules/inventory/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { FileDrop } from '../../ui/office/file-drop.tsx'
import { ChangesTable } from './changes-table.tsx'
import { ACCEPT } from './choose-step.tsx'
import { Counts } from './counts.tsx'
import styles from './import.module.css'
import { ProblemsTable } from './problems-table.tsx'
import { FileLine } from './running-steps.tsx'

interface ReportStepProps {
  readonly file: File
  readonly report: ImportReport
  readonly onFile: (file: File) => void
  readonly onStart: () => void
}

export function ReportStep({ file, report, onFile, onStart }: ReportStepProps) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const wrong = report.error_count > 0
  const changes = report.created + report.updated
  return (
    <>
      <Card>
        <div className={styles.running}>
          <FileLine file={file} />
          <Counts report={report} />
          <Verdict report={report} />
          {report.ignored_columns.length > 0 && (
            <p className={styles.ignored}>
              {t('import.ignored', {
                count: report.ignored_columns.length,
                columns: report.ignored_columns.join(t('office.listSeparator')),
              })}
            </p>
          )}
          {!wrong && changes > 0 && (
            <Button type="primary" size="large" onClick={onStart}>
              {t('import.start', { count: changes, products: number(changes) })}
            </Button>
          )}
          <FileDrop label={t('import.otherFile')} accept={ACCEPT} onFile={onFile}>
            {(choose) => (
              <div className={styles.again}>
                <Button type={wrong ? 'primary' : 'default'} onClick={choose}>
                  {t(wrong ? 'import.correctedFile' : 'import.otherFile')}
                </Button>
                <span>{t('import.orDrop')}</span>
              </div>
            )}
          </FileDrop>
        </div>
      </Card>
      {wrong && <ProblemsTable report={report} fileName={file.name} />}
      <ChangesTable report={report} />
    </>
  )
}

function Verdict({ report }: { report: ImportReport }) {
  const { t } = useTranslation()
  if (report.error_count > 0) {
    return (
      <Alert
        type="error"
        showIcon
        title={t('import.checkedWrong', { count: report.error_count })}
        description={t('import.wrongText')}
      />
    )
  }
  if (report.created + report.updated === 0) {
    return <Alert type="info" showIcon title={t('import.nothingNew')} />
  }
  return (
    <Alert type="success" showIcon title={t('import.fine')} description={t('import.fineText')} />
  )
}
