// Owns `petshop export`: products, orders and stock movements as CSV, also while the shop runs.
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Argument, Command } from 'commander'
import { type App, openCore } from '../app.ts'
import { addDays, isDay } from '../lib/days.ts'
import { instantOf } from '../lib/csv-times.ts'
import { EXIT, StartupError } from '../lib/startup-error.ts'
import { createLog } from '../platform/logging.ts'
import { languageOption, type LanguageFlag } from './language-option.ts'

const TABLES = ['products', 'orders', 'movements'] as const
type Table = (typeof TABLES)[number]

interface ExportFlags extends LanguageFlag {
  readonly from?: string
  readonly to?: string
}

export function exportCommand(): Command {
  return new Command('export')
    .description('Write products, orders or stock movements as CSV')
    .addArgument(new Argument('<table>', 'what to write').choices(TABLES))
    .argument('[file]', 'the file to make (default: standard output)')
    .option('--from <time>', 'orders and movements from this day or ISO 8601 time on')
    .option('--to <time>', 'up to and with this day, or before this ISO 8601 time')
    .addOption(languageOption("of the columns' names", 'zh-CN'))
    .action(async (table: Table, file: string | undefined, flags: ExportFlags) => {
      const app = await openCore({ log: createLog('silent') })
      try {
        const text = textOf(app, table, flags, await periodOf(app, table, flags))
        const target = file === undefined ? process.stdout : createWriteStream(file)
        await pipeline(Readable.from(text, { objectMode: false }), target, {
          end: file !== undefined,
        })
      } catch (error) {
        throw explained(error, file)
      } finally {
        await app.close()
      }
    })
}

function textOf(app: App, table: Table, flags: ExportFlags, period: Period): AsyncIterable<string> {
  const language = flags.language === 'en' ? 'en' : 'zh'
  switch (table) {
    case 'products':
      return app.inventory.exportProducts({ language })
    case 'orders':
      return app.orders.exportOrders({ language, ...period })
    case 'movements':
      return app.inventory.exportMovements({ language, ...period })
  }
}

interface Period {
  readonly from?: number
  readonly to?: number
}

async function periodOf(app: App, table: Table, { from, to }: ExportFlags): Promise<Period> {
  if (table === 'products' && (from !== undefined || to !== undefined)) {
    throw new StartupError('Products have no time: leave out --from and --to.', EXIT.usage)
  }
  const { time_zone } = await app.shop.settings()
  const end = to !== undefined && isDay(to) ? addDays(to, 1) : to
  return {
    ...(from === undefined ? {} : { from: instant('--from', from, time_zone) }),
    ...(end === undefined ? {} : { to: instant('--to', end, time_zone) }),
  }
}

function instant(flag: string, text: string, timeZone: string): number {
  const at = instantOf(text, timeZone)
  if (at !== null) return at
  throw new StartupError(
    `${flag} ${text}: must be a day as in 2026-01-31, or a time as in 2026-01-31T08:00:00Z.`,
    EXIT.usage,
  )
}

function explained(error: unknown, file: string | undefined): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (file === undefined || code === undefined || !['open', 'write'].includes(syscall ?? '')) {
    return error
  }
  return new StartupError(`${file} cannot be written (${code}).`, EXIT.cannotWrite)
}
