// Owns what a failure to write a file means to people: one sentence, and an exit code for scripts.
import { EXIT, StartupError } from '../../../lib/startup-error.ts'
import { sqliteCode } from '../sqlite.ts'

const SQLITE_IOERR = 10
const SQLITE_FULL = 13
const SQLITE_CANTOPEN = 14

/** Any other error is returned as it is. */
export function explainWriteFailure(error: unknown, path: string): unknown {
  const reason = reasonOf(error)
  if (reason === null) return error
  return new StartupError(`${path} cannot be written: ${reason}.`, EXIT.cannotWrite)
}

const REASONS: Readonly<Record<string | number, string>> = {
  [SQLITE_FULL]: 'the disk is full',
  [SQLITE_IOERR]: 'the disk fails or is full',
  [SQLITE_CANTOPEN]: 'check the rights of its folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'check the rights of its folder',
  EPERM: 'check the rights of its folder',
  EROFS: 'check the rights of its folder',
  ENAMETOOLONG: 'its name is too long',
}

function reasonOf(error: unknown): string | null {
  const code = sqliteCode(error) ?? (error as NodeJS.ErrnoException).code
  return code === undefined ? null : (REASONS[code] ?? null)
}
