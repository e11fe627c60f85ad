// Owns the sale at hand: it stays on the device through a reload, and never comes back once it is finished.
import { useEffect, useRef, useState } from 'react'

import { readStored, writeStored } from '../../lib/storage.ts'
import { type Draft, emptyDraft } from './draft.ts'
import { readFinished } from './finished.ts'

const NAME = 'petshop.counter.draft.2'

export function useDraft(kept: Draft) {
  const [draft, setDraft] = useState(kept)
  const latest = useRef(kept)
  useEffect(() => writeStored(NAME, JSON.stringify(draft)), [draft])
  return {
    draft,
    /** With the changes that aren't drawn yet. */
    now: () => latest.current,
    change: (next: (before: Draft) => Draft) => {
      latest.current = next(latest.current)
      setDraft(latest.current)
    },
  }
}

export interface KeptDraft {
  readonly draft: Draft
  /** It had become a sale before the device could forget it: so this is the next one. */
  readonly wasFinished: boolean
}

export async function readDraft(): Promise<KeptDraft> {
  const draft = parseDraft()
  const finished = await readFinished().catch(() => new Set<string>())
  const wasFinished = finished.has(draft.sale_id)
  return { draft: wasFinished ? emptyDraft() : draft, wasFinished }
}

function parseDraft(): Draft {
  try {
    return { ...emptyDraft(), ...(JSON.parse(readStored(NAME) ?? '{}') as Partial<Draft>) }
  } catch {
    return emptyDraft()
  }
}
