// Owns the lines of a count: what should be there, what was found, and what differs.
import { Empty, Grid } from 'antd'
import { useTranslation } from 'react-i18next'

import type { StockCountLine } from '../../../../src/modules/inventory/stock-counts-schema.ts'
import { productName, useFormat } from '../../lib/format.ts'
import { type Column, VirtualTable } from '../../ui/office/virtual-table.tsx'
import { showToast } from '../../ui/toast-store.ts'
import styles from './count-work.module.css'
import { QuantityField } from './quantity-field.tsx'

interface CountTableProps {
  readonly lines: readonly StockCountLine[]
  readonly open: boolean
  readonly onEnter: (line: StockCountLine, counted: number) => void
  readonly onDone: () => void
}

export function CountTable({ lines, ...rest }: CountTableProps) {
  const { t } = useTranslation()
  const columns = useColumns(rest)
  return (
    <VirtualTable<StockCountLine>
      list={{
        items: lines,
        loading: false,
        stale: false,
        hasMore: false,
        loadingMore: false,
        loadMore: nothing,
      }}
      idOf={idOf}
      rowHeight={61}
      empty={<Empty description={t('count.empty')} />}
      columns={columns}
    />
  )
}

const nothing = () => undefined
const idOf = (line: StockCountLine) => line.product_id

function useColumns({
  open,
  onEnter,
  onDone,
}: Omit<CountTableProps, 'lines'>): readonly Column<StockCountLine>[] {
  const { t } = useTranslation()
  const { number } = useFormat()
  const wide = Grid.useBreakpoint().md ?? true
  const shown = (value: number | null) => (value === null ? '–' : number(value))
  return [
    {
      title: t('office.product'),
      key: 'product',
      render: (line) => (
        <span className={styles.name}>
          {productName(line)}
          <small>{line.barcode ?? line.sku}</small>
        </span>
      ),
    },
    {
      title: t('count.expected'),
      key: 'expected',
      isFigures: true,
      wideOnly: true,
      width: 100,
      render: (line) => shown(line.expected),
    },
    {
      title: t('count.counted'),
      key: 'counted',
      isFigures: true,
      width: 120,
      render: (line) =>
        open ? (
          <QuantityField
            label={t('count.countedOf', { name: productName(line) })}
            value={line.counted}
            least={0}
            onChange={(counted) => onEnter(line, counted)}
            onDone={onDone}
            onWrong={() => showToast({ tone: 'bad', text: t('receive.quantityWrong') })}
          />
        ) : (
          shown(line.counted)
        ),
    },
    {
      title: t('count.difference'),
      key: 'difference',
      isFigures: true,
      width: wide ? 100 : 70,
      render: ({ difference }) => <Difference value={difference} />,
    },
  ]
}

function Difference({ value }: { value: number | null }) {
  const { number } = useFormat()
  if (value === null) return '–'
  if (value === 0) return <span className={styles.good}>0</span>
  return (
    <span className={styles.bad}>{value > 0 ? `+${number(value)}` : `−${number(-value)}`}</span>
  )
}
