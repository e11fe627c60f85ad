// Owns copying a SQLite database while others write to it: a process of its own, because it stands still meanwhile.
import { StartupError } from '../../../lib/startup-error.ts'
import { explainFileFailure, openSqlite } from '../sqlite.ts'
import { removeDatabase } from './partial.ts'
import { explainWriteFailure } from './write-failure.ts'

/** What it tells whoever started it; nothing when all went well. */
export interface CopyFailure {
  readonly message: string
  /** Null: nobody expected this. */
  readonly exitCode: number | null
}

const [source = '', target = ''] = process.argv.slice(2)
try {
  const database = openSqlite({ path: source, readOnly: true })
  // All of one moment; others go on writing. The file's unused pages are left out.
  database.prepare('vacuum into ?').run(target)
  database.close()
} catch (error) {
  const known = explainFileFailure(explainWriteFailure(error, target), source)
  const failure: CopyFailure =
    known instanceof StartupError
      ? { message: known.message, exitCode: known.exitCode }
      : { message: String(error), exitCode: null }
  process.send?.(failure)
}
// Whoever wanted the copy has died meanwhile: nobody else would remove it.
if (!process.connected) removeDatabase(target)
process.disconnect?.()
