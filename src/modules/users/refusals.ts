// Owns how refused log-ins get into the audit log: a moment after the answer, so that nobody can tell by its time
// whether the name is known, and never more of them than the rules allow.
import type { Cause } from '../../lib/cause.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import type { Core } from '../../platform/module.ts'
import { type Act, recordActs } from '../audit/index.ts'
import {
  type Account,
  countRefusal,
  endWindows,
  type Further,
  type Reason,
  WINDOW,
  type Windows,
} from './refusals-rules.ts'

export interface Refusals {
  /** Also of a name that nobody has. */
  note(cause: Cause, user_id: number | undefined, reason: Reason): void
  /** Writes what there is, and what was only counted so far. */
  close(): Promise<void>
}

interface Line {
  readonly cause: Cause
  readonly act: Act
}

const SOON_MS = 250
const AGAIN_MS = 5000

export function createRefusals({
  store,
  clock,
  log,
}: Pick<Core, 'store' | 'clock' | 'log'>): Refusals {
  const windows: Windows = new Map()
  let lines: Line[] = []
  let writing: NodeJS.Timeout | null = null
  let underWay: Promise<void> = Promise.resolve()
  let ending: NodeJS.Timeout | null = null

  /** @param until windows that are over by then; what is written says when it was written */
  function sum(now: number, until = now): void {
    const cause = { actor_id: null, request_id: null, now }
    for (const further of endWindows(windows, until)) lines.push({ cause, act: summary(further) })
  }

  async function write(): Promise<void> {
    const batch = lines
    lines = []
    try {
      await store.transaction(async (trx) => {
        for (const { cause, act } of batch) await recordActs(store, trx, cause, [act])
      }, runAgain)
    } catch (error) {
      lines = [...batch, ...lines]
      throw error
    }
  }

  function writeIn(ms: number): void {
    if (writing || lines.length === 0) return
    writing = setTimeout(() => {
      underWay = write()
        .catch((error: unknown) => log.warn({ err: error }, 'refused log-ins not recorded yet'))
        .then(() => {
          writing = null
          writeIn(AGAIN_MS)
        })
    }, ms).unref()
  }

  /** The last of a window may be the last for long: nothing else would end it. */
  function endInTime(): void {
    ending ??= setTimeout(() => {
      ending = null
      sum(clock.now())
      writeIn(SOON_MS)
      if (windows.size > 0) endInTime()
    }, WINDOW).unref()
  }

  return {
    note(cause, user_id, reason) {
      sum(cause.now)
      const account = user_id ?? 'unknown'
      if (countRefusal(windows, account, reason, cause.now))
        lines.push({ cause, act: refused(account, { reason }) })
      endInTime()
      writeIn(SOON_MS)
    },
    async close() {
      if (ending) clearTimeout(ending)
      await underWay
      if (writing) clearTimeout(writing)
      sum(clock.now(), Number.MAX_SAFE_INTEGER)
      if (lines.length === 0) return
      // The database may be away, and the rest of the shop wants to close as well.
      await write().catch((error: unknown) => log.warn({ err: error }, 'refused log-ins are lost'))
    },
  }
}

function summary({ account, more, reasons, since }: Further): Act {
  return refused(account, { more, reasons, from: new Date(since).toISOString() })
}

function refused(account: Account, after: NonNullable<Act['after']>): Act {
  const subject: Act['subject'] = account === null ? ['shop', 'accounts'] : ['account', account]
  return { act: 'session.refused', subject, after }
}
