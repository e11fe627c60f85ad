// Owns long tables: only the rows around what is on the screen are drawn, and further ones are fetched on the way.
// It stays a table with the page's own scrolling; row numbers tell screen readers what isn't drawn.
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { Button, Checkbox, Table, type TableProps } from 'antd'
import {
  type ComponentProps,
  createContext,
  type RefObject,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'

import styles from './virtual-table.module.css'

export interface LongList<T> {
  readonly items: readonly T[]
  readonly loading: boolean
  readonly stale: boolean
  readonly hasMore: boolean
  readonly loadingMore: boolean
  readonly loadMore: () => void
}

export interface Selecting<T> {
  readonly selected: readonly number[]
  readonly onSelect: (ids: number[]) => void
  readonly allLabel: string
  readonly labelOf: (row: T) => string
}

interface VirtualTableProps<T extends object> extends Pick<
  TableProps<T>,
  'columns' | 'locale' | 'scroll'
> {
  readonly list: LongList<T>
  readonly idOf: (row: T) => number
  readonly onOpen?: (row: T) => void
  readonly selecting?: Selecting<T>
  /** A row's usual height in pixels, until it is measured. */
  readonly rowHeight: number
}

/** Rows drawn beyond the screen: fast scrolling shows no white. */
const overscan = 12
/** Rows come and go by so many: drawing the table anew for each one would take all the time there is. */
const step = 8
/** So many rows before the end the next page is fetched. */
const ahead = 30

export function VirtualTable<T extends object>(props: VirtualTableProps<T>) {
  const { list, rowHeight } = props
  const { items } = list
  const box = useRef<HTMLDivElement>(null)
  const { first, last, before, after } = useRows(box, items.length, rowHeight)
  useMore(list, last)
  const room = useMemo(
    () => ({ before, after, count: items.length + 1 }),
    [before, after, items.length],
  )
  // While somebody scrolls, the properties stay the same object: nothing is drawn between two steps.
  const drawn = useMemo(() => drawTable(props, first, last), [props, first, last])
  return (
    <div ref={box} className={styles.box}>
      <RoomContext value={room}>{drawn}</RoomContext>
      <More list={list} />
    </div>
  )
}

function drawTable<T extends object>(props: VirtualTableProps<T>, first: number, last: number) {
  const { list, idOf, onOpen, selecting, rowHeight: _, ...table } = props
  const shown = list.items.slice(first, last + 1)
  const indexOf = new Map(shown.map((row, at) => [row, first + at]))
  return (
    <Table<T>
      {...table}
      rowKey={(row) => idOf(row)}
      size="middle"
      pagination={false}
      loading={list.loading || list.stale}
      dataSource={shown}
      components={components}
      {...(selecting && { rowSelection: selectionOf(selecting, list.items, idOf) })}
      onRow={(row) => {
        const index = indexOf.get(row) ?? 0
        return {
          'data-index': index,
          // The head is the first.
          'aria-rowindex': index + 2,
          ...(onOpen && { onClick: () => onOpen(row), style: { cursor: 'pointer' } }),
        } as ComponentProps<'tr'>
      }}
    />
  )
}

/** Which rows are drawn, and how much room the others take. */
function useRows(box: RefObject<HTMLDivElement | null>, count: number, rowHeight: number) {
  // Of the first row, from the page's beginning.
  const [top, setTop] = useState(0)
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => rowHeight,
    overscan,
    scrollMargin: top,
  })
  const drawn = virtualizer.getVirtualItems()
  const first = drawn[0]
  const last = drawn.at(-1)
  useLayoutEffect(() => {
    const body = box.current?.querySelector('tbody')
    if (!body) return
    setTop(Math.round(body.getBoundingClientRect().top + window.scrollY))
    for (const row of body.querySelectorAll<HTMLElement>('tr[data-index]')) {
      virtualizer.measureElement(row)
    }
  }, [box, virtualizer, first?.index, last?.index, count])
  const from = Math.floor((first?.index ?? 0) / step) * step
  const to = Math.min(Math.ceil(((last?.index ?? -1) + 1) / step) * step, count) - 1
  const [begin, end] = [virtualizer.measurementsCache[from], virtualizer.measurementsCache[to]]
  return {
    first: from,
    last: to,
    before: begin ? begin.start - top : 0,
    after: end ? virtualizer.getTotalSize() - (end.end - top) : 0,
  }
}

function useMore<T>({ items, hasMore, loadingMore, stale, loadMore }: LongList<T>, last: number) {
  const isNear = hasMore && !loadingMore && !stale && last >= items.length - ahead
  useEffect(() => {
    if (isNear) loadMore()
  }, [isNear, loadMore])
}

const RoomContext = createContext({ before: 0, after: 0, count: 0 })

function CountedTable({ children, ...rest }: ComponentProps<'table'>) {
  return (
    <table {...rest} aria-rowcount={useContext(RoomContext).count}>
      {children}
    </table>
  )
}

/** Empty rows stand for those that aren't drawn. */
function RoomyBody({ children, ...rest }: ComponentProps<'tbody'>) {
  const { before, after } = useContext(RoomContext)
  return (
    <tbody {...rest}>
      <Room height={before} />
      {children}
      <Room height={after} />
    </tbody>
  )
}

/** Made once: new components would build the whole table anew. */
const components = { table: CountedTable, body: { wrapper: RoomyBody } }

function Room({ height }: { height: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden="true" className={styles.room}>
      <td style={{ height }} />
    </tr>
  )
}

function selectionOf<T>(
  { selected, onSelect, allLabel, labelOf }: Selecting<T>,
  items: readonly T[],
  idOf: (row: T) => number,
): TableProps<T>['rowSelection'] {
  const chosen = new Set(selected)
  const count = items.filter((row) => chosen.has(idOf(row))).length
  return {
    selectedRowKeys: [...selected],
    // A page or a filter further, what was selected before stays so.
    preserveSelectedRowKeys: true,
    onChange: (ids) => onSelect(ids.map(Number)),
    columnWidth: 44,
    // The table knows the drawn rows only; this is about all that are listed.
    columnTitle: (
      <Checkbox
        aria-label={allLabel}
        checked={count > 0 && count === items.length}
        indeterminate={count > 0 && count < items.length}
        onChange={({ target }) => onSelect(target.checked ? items.map(idOf) : [])}
      />
    ),
    // Beside the box is still meant for the box, not for the row.
    onCell: () => ({ onClick: (event) => event.stopPropagation() }),
    getCheckboxProps: (row) => ({ 'aria-label': labelOf(row) }),
  }
}

function More<T>({ list }: { list: LongList<T> }) {
  const { t } = useTranslation()
  const { items, hasMore, loadingMore, loadMore, loading } = list
  if (loading || items.length === 0) return null
  return (
    <p className={styles.more}>
      {hasMore ? (
        <Button loading={loadingMore} onClick={loadMore}>
          {t(loadingMore ? 'list.loadingMore' : 'actions.loadMore')}
        </Button>
      ) : (
        t('list.shownAll', { shown: items.length })
      )}
    </p>
  )
}
