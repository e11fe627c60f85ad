// Owns how far a transfer is, for people: one line that is overwritten on a terminal, else a line now and then.
import { progressBar } from '../lib/progress.ts'
import type { TransferProgress } from '../platform/db/transfer/transfer.ts'

export interface Meter {
  show(progress: TransferProgress): void
  /** Leaves the last line where it is. */
  end(): void
}

interface Terminal {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const REDRAW_MS = 200
const LINE_MS = 5000
const WORDS = { copy: 'copying', compare: 'comparing' }

export function createMeter(terminal: Terminal): Meter {
  let begun: { readonly doing: string; readonly at: number; readonly rows: number } | null = null
  let shownAt = -Infinity
  let open = false

  function draw(progress: TransferProgress, seconds: number): void {
    const { doing, table, rows, total } = progress
    const speed = seconds > 0 ? (rows - (begun?.rows ?? 0)) / seconds : 0
    const left = speed > 0 ? `  ${clock((total - rows) / speed)} left` : ''
    const bar = progressBar(`${WORDS[doing]} ${table}`, rows, total)
    const line = `${bar}  ${Math.round(speed)} rows/s${left}`
    terminal.write(terminal.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
    open = terminal.isTTY === true
  }

  function end(): void {
    if (open) terminal.write('\n')
    open = false
  }

  return {
    show(progress) {
      const now = performance.now()
      if (begun?.doing !== progress.doing) {
        end()
        // What an earlier run has copied says nothing about the speed of this one.
        begun = { doing: progress.doing, at: now, rows: progress.rows }
        shownAt = -Infinity
      }
      const isLast = progress.rows >= progress.total
      if (!isLast && now - shownAt < (terminal.isTTY ? REDRAW_MS : LINE_MS)) return
      shownAt = now
      draw(progress, (now - begun.at) / 1000)
    },
    end,
  }
}

/** As in `1:05`. */
function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
