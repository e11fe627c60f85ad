// Owns how many connections a process of this machine may hold: each is an open file, and the system limits those.
import { readFileSync } from 'node:fs'

/** Of the shop's own files, and those of the runtime. */
const SPARE = 500

/** The soft limit in the text of /proc/<pid>/limits; null where it isn't told. */
export function openFilesIn(limits: string): number | null {
  const value = /^Max open files\s+(\S+)/m.exec(limits)?.[1]
  if (value === undefined) return null
  return value === 'unlimited' ? Infinity : Number(value)
}

/**
 * How many of the wanted connections are possible, and what to say when that is fewer. The runtime raises its own
 * soft limit as far as it may: what this process has, those that it starts have too.
 */
export function possibleConnections(
  wanted: number,
  limits: string = ownLimits(),
): { readonly count: number; readonly warning: string | null } {
  const files = openFilesIn(limits) ?? Infinity
  if (files >= wanted + SPARE) return { count: wanted, warning: null }
  const count = Math.max(1, files - SPARE)
  return {
    count,
    warning:
      `only ${count} of ${wanted} connections: a process may open ${files} files here. ` +
      `Raise it first: ulimit -n ${wanted + SPARE}`,
  }
}

function ownLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8')
  } catch {
    return ''
  }
}
