// Owns how far along long work is, as one line of text.
const WIDTH = 30

/** As in `[██████░░░░] 60 %  orders 720/1200`. */
export function progressBar(label: string, done: number, total: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total)
  const full = Math.round(share * WIDTH)
  const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full)
  return `[${bar}] ${String(Math.floor(share * 100)).padStart(3)} %  ${label} ${done}/${total}`
}
