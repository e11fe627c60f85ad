// Owns the page of the audit log: found by act, account and days, kept in the address, and taken home as a file.
import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'

import { ACTS, SUBJECTS } from '../../../../../src/lib/acts.ts'
import { keyOfAct } from '../../../features/audit/acts.ts'
import { AuditTable } from '../../../features/audit/audit-table.tsx'
import { useAuditLog } from '../../../features/audit/queries.ts'
import { exportPath } from '../../../lib/office/export-path.ts'
import { useShopInfo } from '../../../lib/shop-info.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { nextDay, startOfDay } from '../../../lib/zone.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import styles from './filters.module.css'

export function AuditPage() {
  const { t } = useTranslation()
  const query = useAuditQuery()
  const log = useAuditLog(query)
  return (
    <>
      <PageHeader title={t('audit.title')} text={t('audit.text')}>
        <span className={styles.tools}>
          <Button href={exportPath('/audit/export', query)} download>
            {t('audit.csv')}
          </Button>
          <Button href={exportPath('/audit/export', { ...query, format: 'ndjson' })} download>
            {t('audit.ndjson')}
          </Button>
        </span>
      </PageHeader>
      <div className={styles.filters}>
        <Filters />
      </div>
      <AuditTable log={log} />
    </>
  )
}

/** What the address asks for, as the server understands it. */
function useAuditQuery() {
  const { time_zone: zone } = useShopInfo()
  const address = useUrlFilters()
  const [from, to] = [dayOf(address.get('from')), dayOf(address.get('to'))]
  const kind = address.oneOf('kind', SUBJECTS)
  const id = address.get('id')
  return {
    act: address.oneOf('act', ACTS),
    subject_kind: kind,
    subject_id: id === '' ? undefined : id.slice(0, 100),
    from: from && startOfDay(from, zone),
    to: to && startOfDay(nextDay(to), zone),
  }
}

function Filters() {
  const { t } = useTranslation()
  const address = useUrlFilters()
  const names = t('audit.acts', { returnObjects: true })
  const subjects = t('audit.subjects', { returnObjects: true })
  const [from, to] = [dayOf(address.get('from')), dayOf(address.get('to'))]
  return (
    <>
      <Select
        aria-label={t('audit.what')}
        placeholder={t('audit.what')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        value={address.oneOf('act', ACTS) ?? null}
        options={ACTS.map((act) => ({
          value: act,
          label: String(Reflect.get(names, keyOfAct(act))),
        }))}
        onChange={(value: string | undefined) => address.set({ act: value ?? null })}
      />
      <Select
        aria-label={t('audit.subject')}
        placeholder={t('audit.subject')}
        allowClear
        value={address.oneOf('kind', SUBJECTS) ?? null}
        options={SUBJECTS.map((value) => ({ value, label: subjects[value] }))}
        onChange={(value: string | undefined) => address.set({ kind: value ?? null })}
      />
      <Input.Search
        aria-label={t('audit.number')}
        placeholder={t('audit.number')}
        allowClear
        style={{ width: 180 }}
        defaultValue={address.get('id')}
        onSearch={(value) => address.set({ id: value.trim() })}
      />
      <DatePicker.RangePicker
        aria-label={t('office.days')}
        value={from && to ? [dayjs(from), dayjs(to)] : null}
        onChange={(_, days) => address.set({ from: days?.[0] ?? null, to: days?.[1] ?? null })}
      />
    </>
  )
}

function dayOf(text: string): string | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined
}
