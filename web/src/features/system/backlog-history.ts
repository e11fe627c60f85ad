// Owns what was seen of each group's backlog since the page was opened: the last few minutes.
import { useState } from 'react'

import type { SystemState } from '../../../../src/modules/system/schema.ts'

export type Group = SystemState['groups'][number]

/** Five minutes, at one look every three seconds. */
export const mostSeen = 100

export type Seen = ReadonlyMap<string, readonly number[]>

/** Adds a look, oldest first; groups that are gone are forgotten. */
export function addLook(seen: Seen, groups: readonly Group[]): Seen {
  return new Map(
    groups.map(({ group, backlog }) => [
      group,
      [...(seen.get(group) ?? []), backlog].slice(-mostSeen),
    ]),
  )
}

/** @param at when the groups were read: each reading counts once */
export function useBacklogHistory(groups: readonly Group[], at: number): Seen {
  const [history, setHistory] = useState<{ readonly at: number; readonly seen: Seen }>({
    at: 0,
    seen: new Map(),
  })
  if (history.at !== at) setHistory({ at, seen: addLook(history.seen, groups) })
  return history.seen
}

/** The line through the looks, in a box of `width` × `height`; the newest stands at its right end. */
export function lineOf(looks: readonly number[], width: number, height: number): string {
  const most = Math.max(1, ...looks)
  const step = width / (mostSeen - 1)
  const first = width - (looks.length - 1) * step
  return looks
    .map(
      (look, i) =>
        `${(first + i * step).toFixed(1)},${(height - (look / most) * height).toFixed(1)}`,
    )
    .join(' ')
}
