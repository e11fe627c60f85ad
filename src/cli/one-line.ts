// Owns one line on a terminal that tells how far something is: overwritten, and gone in the end.
import { progressBar } from '../lib/progress.ts'

export interface OneLine {
  show(text: string): void
  /** Progress of bytes. */
  bytes(doing: string, done: number, total: number): void
  end(): void
}

/** Says nothing where nobody watches. */
export function createLine(quiet = false): OneLine {
  const terminal = process.stderr
  const write = (text: string) => {
    if (terminal.isTTY && !quiet) terminal.write(`\r\u001b[K${text}`)
  }
  return {
    show: write,
    bytes: (doing, done, total) => write(`${progressBar(doing, toMb(done), toMb(total))} MB`),
    end: () => write(''),
  }
}

export function toMb(bytes: number): number {
  return Math.round(bytes / 1e6)
}
