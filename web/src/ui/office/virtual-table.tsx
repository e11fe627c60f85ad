// Owns long tables: only the rows around what is on the screen are drawn, and further ones are fetched on the way.
// It stays a table with the page's own scrolling; row numbers tell screen readers what isn't drawn. Not Ant Design's
// table: that draws all its rows anew for each one that comes or goes, and scrolling stumbles.
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { Button, Grid, Spin } from 'antd'
import {
  type ChangeEvent,
  memo,
  type MouseEvent,
  type ReactNode,
  type RefObject,
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

export interface Column<T> {
  readonly key: string
  readonly title: string
  readonly render: (row: T) => ReactNode
  /** In pixels; the columns without one share what is left. */
  readonly width?: number
  /** Stands on the right, on one line. */
  readonly isFigures?: boolean
  /** Not on a phone. */
  readonly wideOnly?: boolean
  /** Pressed, something of its own happens, and the row isn't opened. */
  readonly ownPress?: boolean
}

interface VirtualTableProps<T extends object> {
  readonly list: LongList<T>
  readonly columns: readonly Column<T>[]
  readonly idOf: (row: T) => number
  readonly onOpen?: (row: T) => void
  readonly selecting?: Selecting<T>
  /** A row's usual height in pixels, until it is measured. */
  readonly rowHeight: number
  /** In pixels, on a wide screen: a narrower place moves the table sideways. */
  readonly minWidth?: number
  /** Shown when there is nothing to list. */
  readonly empty: ReactNode
}

/** Rows drawn beyond the screen: fast scrolling shows no white. */
const overscan = 12
/** So many rows before the end the next page is fetched. */
const ahead = 30

export function VirtualTable<T extends object>(props: VirtualTableProps<T>) {
  const { list, idOf, onOpen, rowHeight, minWidth, empty } = props
  const { items } = list
  const wide = Grid.useBreakpoint().md ?? true
  // The same objects for as long as somebody scrolls: a row that is drawn already is left alone.
  const columns = useMemo(
    () => props.columns.filter(({ wideOnly = false }) => wide || !wideOnly),
    [props.columns, wide],
  )
  const ticks = useTicks(items, idOf, props.selecting)
  const body = useRef<HTMLTableSectionElement>(null)
  const { first, last, before, after, measure } = useRows(body, items, idOf, rowHeight)
  useMore(list, last)
  const width = columns.length + (ticks ? 1 : 0)
  return (
    <Spin spinning={list.loading || list.stale}>
      <div className={styles.box}>
        <table
          className={styles.table}
          style={{ minWidth: wide ? minWidth : undefined }}
          // The head is the first row.
          aria-rowcount={items.length + 1}
        >
          <Head columns={columns} ticks={ticks} />
          <tbody ref={body}>
            <Room height={before} width={width} />
            {items.slice(first, last + 1).map((row, i) => (
              <Row
                key={idOf(row)}
                row={row}
                index={first + i}
                columns={columns}
                onOpen={onOpen}
                ticks={ticks}
                isTicked={ticks?.has(row) ?? false}
                measure={measure}
              />
            ))}
            <Room height={after} width={width} />
            {items.length === 0 && (
              <tr>
                <td colSpan={width} className={styles.empty}>
                  {empty}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      <More list={list} />
    </Spin>
  )
}

/** Which rows are drawn, and how much room the others take. */
function useRows<T>(
  body: RefObject<HTMLElement | null>,
  items: readonly T[],
  idOf: (row: T) => number,
  rowHeight: number,
) {
  const count = items.length
  // Of the first row, from the page's beginning.
  const [top, setTop] = useState(0)
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count,
    estimateSize: () => rowHeight,
    getItemKey: (index) => (items[index] ? idOf(items[index]) : index),
    overscan,
    scrollMargin: top,
  })
  useLayoutEffect(() => {
    if (body.current) setTop(Math.round(body.current.getBoundingClientRect().top + window.scrollY))
  }, [body, count])
  const drawn = virtualizer.getVirtualItems()
  const [begin, end] = [drawn[0], drawn.at(-1)]
  return {
    first: begin?.index ?? 0,
    last: end?.index ?? -1,
    before: begin ? begin.start - top : 0,
    after: end ? virtualizer.getTotalSize() - (end.end - top) : 0,
    measure: virtualizer.measureElement,
  }
}

function useMore<T>({ items, hasMore, loadingMore, stale, loadMore }: LongList<T>, last: number) {
  const isNear = hasMore && !loadingMore && !stale && last >= items.length - ahead
  useEffect(() => {
    if (isNear) loadMore()
  }, [isNear, loadMore])
}

interface Ticks<T> {
  readonly has: (row: T) => boolean
  readonly all: 'none' | 'some' | 'all'
  readonly tickAll: (isOn: boolean) => void
  /** @param toHere with all between the one that was ticked before and this one */
  readonly tick: (index: number, isOn: boolean, toHere: boolean) => void
  readonly allLabel: string
  readonly labelOf: (row: T) => string
}

function useTicks<T>(
  items: readonly T[],
  idOf: (row: T) => number,
  selecting: Selecting<T> | undefined,
): Ticks<T> | undefined {
  /** By its id: with another order or filter it stands somewhere else, or nowhere. */
  const lastTicked = useRef<number | null>(null)
  return useMemo(() => {
    if (!selecting) return undefined
    const { selected, onSelect, allLabel, labelOf } = selecting
    const chosen = new Set(selected)
    const count = items.filter((row) => chosen.has(idOf(row))).length
    return {
      has: (row) => chosen.has(idOf(row)),
      all: count === 0 ? 'none' : count === items.length ? 'all' : 'some',
      tickAll: (isOn) => onSelect(isOn ? items.map(idOf) : []),
      tick(index, isOn, toHere) {
        const before = items.findIndex((row) => idOf(row) === lastTicked.current)
        const from = toHere && before >= 0 ? before : index
        const ids = items.slice(Math.min(from, index), Math.max(from, index) + 1).map(idOf)
        lastTicked.current = items[index] ? idOf(items[index]) : null
        // A page or a filter further, what was selected before stays so.
        const all = new Set(selected)
        for (const id of ids) {
          if (isOn) all.add(id)
          else all.delete(id)
        }
        onSelect([...all])
      },
      allLabel,
      labelOf,
    }
  }, [items, idOf, selecting])
}

function Head<T>({
  columns,
  ticks,
}: {
  columns: readonly Column<T>[]
  ticks?: Ticks<T> | undefined
}) {
  return (
    <thead>
      <tr>
        {ticks && (
          <th scope="col" className={styles.tick}>
            <TickAll ticks={ticks} />
          </th>
        )}
        {columns.map(({ key, title, width, isFigures }) => (
          <th
            key={key}
            scope="col"
            className={isFigures ? styles.figures : undefined}
            style={{ width }}
          >
            {title}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** About all that are listed, drawn or not. */
function TickAll<T>({ ticks: { all, tickAll, allLabel } }: { ticks: Ticks<T> }) {
  const box = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    if (box.current) box.current.indeterminate = all === 'some'
  }, [all])
  return (
    <label>
      <input
        ref={box}
        type="checkbox"
        aria-label={allLabel}
        checked={all === 'all'}
        onChange={({ target }) => tickAll(target.checked)}
      />
    </label>
  )
}

interface RowProps<T> {
  readonly row: T
  readonly index: number
  readonly columns: readonly Column<T>[]
  readonly onOpen: ((row: T) => void) | undefined
  readonly ticks: Ticks<T> | undefined
  readonly isTicked: boolean
  readonly measure: (row: HTMLTableRowElement | null) => void
}

const Row = memo(DrawnRow) as typeof DrawnRow

function DrawnRow<T>({ row, index, columns, onOpen, ticks, isTicked, measure }: RowProps<T>) {
  const tick = ({ target, nativeEvent }: ChangeEvent<HTMLInputElement>) =>
    ticks?.tick(
      index,
      target.checked,
      nativeEvent instanceof globalThis.MouseEvent && nativeEvent.shiftKey,
    )
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      className={onOpen && styles.pressable}
      data-ticked={isTicked || undefined}
      onClick={onOpen && (() => onOpen(row))}
    >
      {ticks && (
        // Beside the box is still meant for the box, not for the row.
        <td className={styles.tick} onClick={keepToItself}>
          <label>
            <input
              type="checkbox"
              aria-label={ticks.labelOf(row)}
              checked={isTicked}
              onChange={tick}
            />
          </label>
        </td>
      )}
      {columns.map(({ key, render, isFigures, ownPress }) => (
        <td
          key={key}
          className={isFigures ? styles.figures : undefined}
          onClick={ownPress ? keepToItself : undefined}
        >
          {render(row)}
        </td>
      ))}
    </tr>
  )
}

function keepToItself(event: MouseEvent): void {
  event.stopPropagation()
}

/** An empty row stands for those that aren't drawn. */
function Room({ height, width }: { height: number; width: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden="true" className={styles.room}>
      <td colSpan={width} style={{ height }} />
    </tr>
  )
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
