// Owns the list of what an import changes: new products, and of known ones each field, old and new.
import { Card, Grid, Segmented, Table, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { ImportChange, ImportReport } from '../../../../src/modules/inventory/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { useFieldName, useFieldValue } from './fields.ts'
import styles from './import.module.css'

const filters = ['all', 'create', 'update'] as const

export function ChangesTable({ report }: { report: ImportReport }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const wide = Grid.useBreakpoint().md ?? true
  const [filter, setFilter] = useState<(typeof filters)[number]>('all')
  const { changes } = report
  const count = report.created + report.updated
  if (changes.length === 0) return null
  const shown = changes.filter(({ action }) => filter === 'all' || action === filter)
  return (
    <Card title={t(report.dry_run ? 'import.changes' : 'import.changed')}>
      <Segmented
        aria-label={t('import.changes')}
        value={filter}
        options={filters.map((value) => ({ value, label: t(`import.filters.${value}`) }))}
        onChange={setFilter}
        style={{ marginBottom: 'var(--space-3)' }}
      />
      {count > changes.length && (
        <p className={styles.more}>
          {t('import.firstChanges', { shown: number(changes.length), count: number(count) })}
        </p>
      )}
      <Table<ImportChange>
        rowKey="line"
        size={wide ? 'middle' : 'small'}
        dataSource={shown}
        pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true, simple: !wide }}
        columns={[
          {
            title: t('import.line'),
            dataIndex: 'line',
            width: 80,
            responsive: ['md'],
          },
          { title: t('product.sku'), dataIndex: 'sku', width: 160, responsive: ['md'] },
          {
            title: t('office.product'),
            key: 'product',
            render: (_, change) => <Product change={change} wide={wide} />,
          },
          {
            title: t('import.change'),
            key: 'change',
            render: (_, change) => <Change change={change} />,
          },
        ]}
      />
    </Card>
  )
}

function Product({ change, wide }: { change: ImportChange; wide: boolean }) {
  return (
    <span className={styles.words}>
      {change.product_id === null ? (
        change.product_name
      ) : (
        <Link to={`/office/stock?product=${change.product_id}`} target="_blank">
          {change.product_name}
        </Link>
      )}
      {!wide && <small className={styles.sku}>{change.sku}</small>}
    </span>
  )
}

function Change({ change }: { change: ImportChange }) {
  const { t } = useTranslation()
  const nameOf = useFieldName()
  const valueOf = useFieldValue()
  if (change.action === 'create') {
    const values = change.fields.map(({ field, to }) => `${nameOf(field)} ${valueOf(field, to)}`)
    return (
      <span className={styles.words}>
        <Tag color="success">{t('import.filters.create')}</Tag> {values.join(' · ')}
      </span>
    )
  }
  return (
    <ul className={styles.fields}>
      {change.fields.map(({ field, from, to }) => (
        <li key={field}>
          <span className={styles.field}>{nameOf(field)}</span> <del>{valueOf(field, from)}</del>{' '}
          <span aria-hidden="true">→</span> <ins>{valueOf(field, to)}</ins>
        </li>
      ))}
    </ul>
  )
}
