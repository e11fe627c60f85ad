// Owns the list of what is wrong in a file: where, what, and what to do; also to take away as a file.
import { Button, Card, Grid, Table } from 'antd'
import { useTranslation } from 'react-i18next'

import type { ImportProblem, ImportReport } from '../../../../src/modules/inventory/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { saveText } from '../../lib/office/csv.ts'
import styles from './import.module.css'
import { problemsCsv } from './problems-csv.ts'

interface ProblemsTableProps {
  readonly report: ImportReport
  readonly fileName: string
}

export function ProblemsTable({ report, fileName }: ProblemsTableProps) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const wide = Grid.useBreakpoint().md ?? true
  const { errors, error_count: count } = report
  const names = [t('import.line'), t('import.column'), t('import.problem')] as const
  const save = () =>
    saveText(
      t('import.problemsFile', { name: fileName.replace(/\.[^.]*$/, '') }),
      problemsCsv(names, errors),
    )
  return (
    <Card
      title={t('import.problems')}
      extra={<Button onClick={save}>{t('import.saveProblems')}</Button>}
    >
      {count > errors.length && (
        <p className={styles.more}>
          {t('import.firstProblems', { shown: number(errors.length), count: number(count) })}
        </p>
      )}
      <Table<ImportProblem & { readonly key: number }>
        size={wide ? 'middle' : 'small'}
        dataSource={errors.map((problem, key) => ({ ...problem, key }))}
        pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true, simple: !wide }}
        columns={[
          { title: names[0], dataIndex: 'line', width: wide ? 80 : 56 },
          {
            title: names[1],
            dataIndex: 'column',
            width: 160,
            responsive: ['md'],
            render: (column: string | null) => column ?? '—',
          },
          {
            title: names[2],
            key: 'problem',
            render: (_, { column, message }) => (
              <span className={styles.words}>
                {!wide && column && <strong>{column}</strong>} {message}
              </span>
            ),
          },
        ]}
      />
    </Card>
  )
}
