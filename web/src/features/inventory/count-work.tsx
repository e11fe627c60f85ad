// Owns counting: entering or scanning what was found, seeing what differs, the sheet, and posting the differences.
import { PrinterOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, type InputRef, Segmented, Skeleton, Tooltip } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import type {
  StockCount,
  StockCountLine,
} from '../../../../src/modules/inventory/stock-counts-schema.ts'
import { productName } from '../../lib/format.ts'
import { keys } from '../../lib/query-keys.ts'
import { useUrlFilters } from '../../lib/url-filters.ts'
import { ErrorState } from '../../ui/states.tsx'
import { showFailure } from '../../ui/toast-store.ts'
import { CountClosing } from './count-closing.tsx'
import { useCountLines, useEnterCount } from './count-queries.ts'
import { CountSheet } from './count-sheet.tsx'
import { CountTable } from './count-table.tsx'
import styles from './count-work.module.css'
import { type Said, ScanBox } from './scan-box.tsx'

const filters = ['all', 'open', 'counted', 'different'] as const
type Filter = (typeof filters)[number]

export function CountWork({ count }: { count: StockCount }) {
  const { t } = useTranslation()
  const address = useUrlFilters()
  const scan = useRef<InputRef>(null)
  const [at, setAt] = useState<Dayjs | null>(null)
  const lines = useCountLines(count.count_id)
  const enter = useEntering(count, at)
  const isOpen = count.state === 'open'
  const filter = address.oneOf('show', filters) ?? 'all'
  if (lines.isPending) return <Skeleton active />
  if (!lines.data) return <ErrorState error={lines.error} onRetry={() => void lines.refetch()} />
  return (
    <div className={styles.work}>
      {isOpen && (
        <>
          <ScanBox label={t('count.scan')} field={scan} onProduct={enter.scan} />
          <CountedAt count={count} at={at} onChange={setAt} />
        </>
      )}
      <div className={styles.tools}>
        <Segmented
          value={filter}
          options={filters.map((value) => ({ value, label: t(`count.filters.${value}`) }))}
          onChange={(show) => address.set({ show: show === 'all' ? null : show }, true)}
        />
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('count.print')}
        </Button>
        {isOpen && <CountClosing count={count} />}
      </div>
      <CountTable
        lines={lines.data.filter((line) => isShown(line, filter))}
        open={isOpen}
        onEnter={(line, counted) => void enter.save(line.product_id, counted).catch(showFailure)}
        onDone={() => scan.current?.focus()}
      />
      <CountSheet count={count} lines={lines.data} />
    </div>
  )
}

function isShown({ counted, difference }: StockCountLine, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'open':
      return counted === null
    case 'counted':
      return counted !== null
    case 'different':
      return difference !== null && difference !== 0
  }
}

function useEntering({ count_id }: StockCount, at: Dayjs | null) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const enter = useEnterCount(count_id)
  // Scans come faster than answers: what was sent last counts, not what the list shows.
  const sent = useRef(new Map<number, number | null>())
  const last = useRef<Promise<unknown>>(Promise.resolve())

  /** As it is at this moment: a scan was looked up for a while, and others have been entered since. */
  const lineOf = (productId: number) =>
    client
      .getQueryData<StockCountLine[]>(keys.countLines(count_id))
      ?.find(({ product_id }) => product_id === productId)
  const countedOf = ({ product_id, counted }: StockCountLine) =>
    sent.current.has(product_id) ? (sent.current.get(product_id) ?? null) : counted

  const save = async (productId: number, counted: number | null) => {
    const line = lineOf(productId)
    if (!line) return
    const entry = { counted, was: countedOf(line), ...(at && { counted_at: at.toISOString() }) }
    sent.current.set(productId, counted)
    // One after the other: each says what stood there before it.
    const mine = last.current.then(() => enter.mutateAsync({ productId, entry }))
    last.current = mine.catch(() => undefined)
    try {
      await mine
      if (sent.current.get(productId) === counted) sent.current.delete(productId)
    } catch (error) {
      sent.current.delete(productId)
      throw error
    }
  }
  const scan = async (product: InventoryItem, units: number): Promise<Said> => {
    const name = productName(product)
    const line = lineOf(product.product_id)
    if (!line) return { tone: 'bad', text: t('count.notOnSheet', { name }) }
    const counted = (countedOf(line) ?? 0) + units
    await save(line.product_id, counted)
    return { tone: 'good', text: t('count.lineSaved', { name, count: counted }) }
  }
  return { save, scan }
}

interface CountedAtProps {
  readonly count: StockCount
  readonly at: Dayjs | null
  readonly onChange: (at: Dayjs | null) => void
}

/** For sheets that are entered later. */
function CountedAt({ count, at, onChange }: CountedAtProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.tools}>
      <label htmlFor="counted-at">{t('count.countedAt')}</label>
      <DatePicker
        id="counted-at"
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        placeholder={t('count.now')}
        value={at}
        minDate={dayjs(count.started_at)}
        maxDate={dayjs()}
        onChange={onChange}
      />
      <Tooltip title={t('count.countedAtHint')}>
        <span className={styles.hint}>{t('count.countedAtHint')}</span>
      </Tooltip>
      {at && <Alert type="info" showIcon title={at.format('YYYY-MM-DD HH:mm')} />}
    </div>
  )
}
