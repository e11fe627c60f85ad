// Owns the way of a file into the catalogue: checked, then imported, stopped and gone on with. One step at a time.
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'

import type { ImportReport } from '../../../../src/modules/inventory/schema.ts'
import { ApiError } from '../../lib/api.ts'
import { translate } from '../../lib/i18n.ts'
import { keys } from '../../lib/query-keys.ts'
import { type Progress, sendImport } from './send-import.ts'

export type Stage =
  | { readonly at: 'choose'; readonly failure: Error | null }
  | { readonly at: 'checking'; readonly file: File; readonly progress: Progress | null }
  | { readonly at: 'checked'; readonly file: File; readonly report: ImportReport }
  | { readonly at: 'importing'; readonly file: File; readonly progress: Progress | null }
  | {
      readonly at: 'stopped'
      readonly file: File
      readonly progress: Progress | null
      /** Null when a person stopped it. */
      readonly failure: Error | null
    }
  | { readonly at: 'done'; readonly file: File; readonly report: ImportReport }

export function useImport() {
  const client = useQueryClient()
  const [stage, setStage] = useState<Stage>({ at: 'choose', failure: null })
  const running = useRef<AbortController>(null)
  useEffect(() => () => running.current?.abort(), [])

  const run = useCallback(async (file: File, dryRun: boolean) => {
    running.current?.abort()
    const own = new AbortController()
    running.current = own
    const at = dryRun ? 'checking' : 'importing'
    let progress: Progress | null = null
    const show = (next: Stage) => running.current === own && setStage(next)
    show({ at, file, progress })
    try {
      const report = await sendImport(file, {
        dryRun,
        signal: own.signal,
        onProgress: (now) => {
          progress = now
          show({ at, file, progress })
        },
      })
      show({ at: dryRun ? 'checked' : 'done', file, report })
    } catch (error) {
      show(afterFailure(file, dryRun, progress, error))
    }
  }, [])

  return {
    stage,
    check: (file: File) =>
      void kept(file).then(
        (copy) => run(copy, true),
        () => setStage({ at: 'choose', failure: new Error(translate('import.unreadable')) }),
      ),
    start: async (file: File) => {
      await run(file, false)
      // Whatever came of it, some products may be new.
      await client.invalidateQueries({ queryKey: keys.inventory })
    },
    stop: () => running.current?.abort(),
    again: () => setStage({ at: 'choose', failure: null }),
  }
}

/** What was checked is what is imported, even if somebody saves the file anew meanwhile. */
async function kept(file: File): Promise<File> {
  return new File([await file.arrayBuffer()], file.name)
}

function afterFailure(
  file: File,
  dryRun: boolean,
  progress: Progress | null,
  error: unknown,
): Stage {
  const stopped = error instanceof DOMException && error.name === 'AbortError'
  const failure = stopped ? null : error instanceof Error ? error : new Error(String(error))
  if (dryRun) return { at: 'choose', failure }
  const report = refusedReport(failure)
  return report ? { at: 'checked', file, report } : { at: 'stopped', file, progress, failure }
}

/** Something else was changed since the check: the refusal says what is wrong now. */
function refusedReport(failure: Error | null): ImportReport | null {
  if (!(failure instanceof ApiError) || failure.code !== 'IMPORT_INVALID') return null
  return { ...(failure.details as Omit<ImportReport, 'status'>), status: 'success' }
}
