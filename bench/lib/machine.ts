// Owns the machine's shape: what a figure needs beside it to be read later. Never a name or a path.
import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'

export interface Machine {
  readonly cpus: number
  readonly model: string
  readonly memory_mib: number
  readonly node: string
  readonly sqlite: string
  /** Null outside of a checkout. */
  readonly commit: string | null
  /** The checkout had changes that are in no commit. */
  readonly changed: boolean
  /** Processes that wanted to run when the run began: what else the machine had to do. */
  readonly load: number
}

export function describeMachine(): Machine {
  const processors = cpus()
  return {
    cpus: processors.length,
    model: processors[0]?.model.trim() ?? 'unknown',
    memory_mib: Math.round(totalmem() / 1024 / 1024),
    node: process.versions.node,
    sqlite: process.versions['sqlite'] ?? 'unknown',
    commit: git('rev-parse', '--short=12', 'HEAD'),
    changed: Boolean(git('status', '--porcelain', '--untracked-files=no')),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }
}

function git(...args: string[]): string | null {
  try {
    return execFileSync('git', args, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return null
  }
}
