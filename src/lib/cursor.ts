// Owns paging cursors: opaque to callers, the last row's sort values inside.
import { defineError } from './errors.ts'

export const badCursor = defineError('CURSOR_INVALID', 400, {
  zh: '翻页游标无效：请从第一页重新开始（去掉 cursor 参数）。',
  en: 'The cursor is not valid: start again from the first page (leave out `cursor`).',
})

export type CursorValue = string | number

export function encodeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/**
 * Reads a cursor made by `encodeCursor`. Its numbers are integers: not every engine compares others with them.
 * @param types what each value must be, in order
 * @throws CURSOR_INVALID for anything else
 */
export function decodeCursor<const T extends readonly ('string' | 'number')[]>(
  cursor: string,
  types: T,
): { -readonly [K in keyof T]: T[K] extends 'number' ? number : string } {
  let values: unknown
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw badCursor()
  }
  const fits =
    Array.isArray(values) &&
    values.length === types.length &&
    values.every(
      (value, i) =>
        typeof value === types[i] && (typeof value === 'string' || Number.isSafeInteger(value)),
    )
  if (!fits) throw badCursor()
  return values as { -readonly [K in keyof T]: T[K] extends 'number' ? number : string }
}

/** Cuts `limit + 1` rows to a page and the cursor of its last row; null on the last page. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => readonly CursorValue[],
): { items: Row[]; next_cursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const more = rows.length > limit && last !== undefined
  return { items, next_cursor: more ? encodeCursor(cursorOf(last)) : null }
}
