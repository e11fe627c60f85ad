// Owns the proof that nobody has changed, removed or added to what the audit log says since it was sealed.
import type { Check } from '../../platform/doctor.ts'
import { NO_SEAL, sealOf } from './seal.ts'
import { type EntryRow, findHead, pageOfSealed } from './store.ts'

const PAGE = 1000

export const auditLogIsWhole: Check = {
  name: 'the audit log is as it was sealed',
  async *run(reader) {
    let [no, seal] = [0, NO_SEAL]
    for (let page = await pageOfSealed(reader, 0, PAGE); page.length > 0;) {
      for (const entry of page) {
        const found = problemOf(entry, no, seal)
        if (found !== null) yield { message: found }
        // By what stands there: one changed entry is one finding, not all that follow.
        ;[no, seal] = [entry.seal_no ?? no, entry.seal ?? seal]
      }
      page = await pageOfSealed(reader, no, PAGE)
    }
    const head = await findHead(reader)
    if (!head && no > 0) yield { message: 'audit log: where it ends is not known any more' }
    if (!head) return
    if (no < head.seal_no) yield { message: `audit log: ${missing(no + 1, head.seal_no)} gone` }
    else if (no > head.seal_no || seal !== head.seal)
      yield { message: `audit log: it ends at ${no} with another seal than was noted` }
  },
}

function problemOf(entry: EntryRow, before: number, previous: string): string | null {
  const no = entry.seal_no ?? 0
  const what = `audit log, entry ${entry.entry_id} (${entry.act}, seal ${no})`
  if (no > before + 1) return `audit log: ${missing(before + 1, no - 1)} gone`
  return sealOf(entry, no, previous) === entry.seal
    ? null
    : `${what}: it is not what was sealed, or the one before isn't`
}

function missing(from: number, to: number): string {
  return from === to ? `the entry with seal ${from} is` : `the entries with seals ${from}–${to} are`
}
