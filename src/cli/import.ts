// Owns `petshop import`: products from a CSV file, also while the shop runs.
import { readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { Command } from 'commander'
import { openCore } from '../app.ts'
import { progressBar } from '../lib/progress.ts'
import { EXIT, StartupError } from '../lib/startup-error.ts'
import type { ImportOutcome } from '../modules/inventory/index.ts'
import { createLog } from '../platform/logging.ts'
import { languageOption, type LanguageFlag } from './language-option.ts'
import { createLine } from './one-line.ts'

interface ImportFlags extends LanguageFlag {
  readonly dryRun?: boolean
  readonly json?: boolean
}

export function importCommand(): Command {
  return new Command('import')
    .description(
      'Import products from CSV: our own format, or a product export from Shopify; with errors nothing is written and it exits 65',
    )
    .argument('<file>', 'the file; - for standard input')
    .option('--dry-run', 'tell what would happen, and write nothing')
    .option('--json', 'print the report as JSON')
    .addOption(languageOption('of the messages', 'en'))
    .action(async (file: string, flags: ImportFlags) => {
      const outcome = await importFile(await bytesOf(file), flags)
      const { report } = outcome
      process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : inWords(outcome))
      process.exitCode = report.error_count > 0 ? EXIT.data : 0
    })
}

async function bytesOf(file: string): Promise<Uint8Array> {
  if (file === '-') return buffer(process.stdin)
  try {
    return readFileSync(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartupError(`${file} cannot be read (${code ?? 'unknown'}).`, EXIT.usage)
  }
}

async function importFile(bytes: Uint8Array, flags: ImportFlags): Promise<ImportOutcome> {
  const app = await openCore({ log: createLog('silent') })
  const line = createLine(flags.json)
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    return await app.inventory.importFile({
      bytes,
      dryRun: flags.dryRun ?? false,
      cause: { actor_id: null, request_id: null, now: app.core.clock.now() },
      language: flags.language === 'en' ? 'en' : 'zh',
      signal: stopping.signal,
      onProgress: (done, total) =>
        line.show(total === 0 ? '… reading' : progressBar('products', done, total)),
    })
  } catch (error) {
    if (!stopping.signal.aborted) throw error
    throw new StartupError(
      'Stopped. What was imported so far stays; import the file again and it goes on.',
      EXIT.failure,
    )
  } finally {
    line.end()
    process.off('SIGINT', stop).off('SIGTERM', stop)
    await app.close()
  }
}

function inWords({ report, refused }: ImportOutcome): string {
  const { dry_run, created, updated, unchanged, errors, error_count, ignored_columns } = report
  const width = Math.max(4, ...errors.map(({ line }) => String(line).length))
  const lines = errors.map(({ line, column, message }) => {
    const place = column === null ? '' : `${column}: `
    return `${String(line).padStart(width)}  ${place}${message}`
  })
  if (lines.length > 0) lines.unshift(`${'line'.padStart(width)}  problem`)
  if (error_count > errors.length) lines.push(`… and ${error_count - errors.length} more`)
  if (ignored_columns.length > 0) {
    lines.push(`Columns that nothing is taken from: ${ignored_columns.join(', ')}`)
  }
  lines.push(`${created} new, ${updated} changed, ${unchanged} as they were.`)
  if (refused) lines.push(`${error_count} errors: nothing was written.`)
  else if (dry_run) lines.push('A dry run: nothing was written.')
  else if (error_count > 0) lines.push(`${error_count} rows were not imported; see above.`)
  return `${lines.join('\n')}\n`
}
