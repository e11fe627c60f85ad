// Owns the table of the audit log: when, who, what, to what, and from which to which.
import { Empty, Grid, Table, type TableProps } from 'antd'
import { useTranslation } from 'react-i18next'

import type { AuditEntry } from '../../../../src/modules/audit/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { LoadMore } from '../../ui/load-more.tsx'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import { changesOf, keyOfAct } from './acts.ts'
import styles from './audit.module.css'
import type { useAuditLog } from './queries.ts'

export function AuditTable({ log }: { readonly log: ReturnType<typeof useAuditLog> }) {
  const { t } = useTranslation()
  const wide = Grid.useBreakpoint().lg ?? true
  const columns = useColumns(wide)
  if (log.error) return <LoadFailure error={log.error} onRetry={log.retry} />
  return (
    <>
      <Table<AuditEntry>
        rowKey="entry_id"
        size="small"
        pagination={false}
        loading={log.loading || log.stale}
        dataSource={log.items}
        locale={{ emptyText: <Empty description={t('audit.none')} /> }}
        columns={columns}
      />
      <LoadMore hasMore={log.hasMore} loading={log.loadingMore} onMore={log.loadMore} auto />
    </>
  )
}

function useColumns(wide: boolean): NonNullable<TableProps<AuditEntry>['columns']> {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const acts = wordsIn(t('audit.acts', { returnObjects: true }))
  const who = ({ actor, actor_id: id }: AuditEntry) =>
    actor ?? (id === null ? t('audit.nobody') : t('audit.account', { id }))
  return [
    {
      title: t('audit.at'),
      key: 'at',
      responsive: ['lg'],
      width: 170,
      render: (_, entry) => dateTime(entry.at),
    },
    { title: t('audit.who'), key: 'who', responsive: ['lg'], width: 130, render: (_, e) => who(e) },
    {
      title: t('audit.what'),
      key: 'what',
      render: (_, entry) => (
        <>
          {acts(keyOfAct(entry.act)) ?? entry.act}
          <span className={styles.soft}>
            <Subject entry={entry} />
          </span>
          {!wide && (
            <span className={styles.soft}>
              {dateTime(entry.at)} · {who(entry)}
            </span>
          )}
        </>
      ),
    },
    { title: t('audit.changes'), key: 'changes', render: (_, entry) => <Changes entry={entry} /> },
    {
      title: t('audit.seal'),
      key: 'seal',
      responsive: ['xl'],
      width: 110,
      render: (_, { seal_no: no }) => (no === null ? t('audit.unsealed') : `#${no}`),
    },
  ]
}

function Subject({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation()
  const { subject_kind: kind, subject_id: id } = entry
  if (kind === 'account' && id === 'unknown') return <>{t('audit.unknownAccount')}</>
  const kinds = wordsIn(t('audit.subjects', { returnObjects: true }))
  return (
    <>
      {kinds(kind) ?? kind} {id}
    </>
  )
}

function Changes({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const fields = wordsIn(t('audit.fields', { returnObjects: true }))
  const words = (name: string, value: unknown) => {
    if (name.endsWith('_cents') && typeof value === 'number') return money(value)
    if (typeof value === 'string') return value
    return JSON.stringify(value)
  }
  return (
    <ul className={styles.changes}>
      {changesOf(entry).map(({ name, before, after }) => (
        <li key={name}>
          {fields(name) ?? name}
          {t('audit.is')}
          {before !== undefined && <del className={styles.before}>{words(name, before)}</del>}
          {before !== undefined && after !== undefined && ' → '}
          {after !== undefined && words(name, after)}
        </li>
      ))}
    </ul>
  )
}

/** What a later version has recorded has no words here. */
function wordsIn(texts: object): (name: string) => string | undefined {
  return (name) => (Object.hasOwn(texts, name) ? String(Reflect.get(texts, name)) : undefined)
}
