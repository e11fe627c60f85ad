// Owns what a file says of itself in its first hundred bytes, before anything opens it.
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { EXIT, StartupError } from '../../../lib/startup-error.ts'
import { APPLICATION_ID, fileBytes } from '../sqlite.ts'

const HEADER_BYTES = 100
const MAGIC = 'SQLite format 3\0'

/** @throws StartupError unless it is a whole database of a shop, as far as its first page tells */
export function refuseForeignBackup(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) throw new StartupError(`There is no file ${path}.`, EXIT.data)
  if (!stats.isFile()) throw new StartupError(`${path} is no file.`, EXIT.data)
  const header = readHeader(path)
  // The format: https://www.sqlite.org/fileformat2.html#the_database_header
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new StartupError(`${path} is no SQLite database, and no backup.`, EXIT.data)
  }
  if (header.readUInt32BE(68) !== APPLICATION_ID) {
    throw new StartupError(`${path} is a database of another program.`, EXIT.data)
  }
  const pageSize = header.readUInt16BE(16)
  const whole = (pageSize === 1 ? 65_536 : pageSize) * header.readUInt32BE(28)
  if (fileBytes(`${path}-wal`) > 0) {
    throw new StartupError(
      `${path} has a write-ahead log beside it: it is no backup, but the file of a shop that is open or was not closed. Make a backup of it with \`petshop backup\`.`,
      EXIT.data,
    )
  }
  if (stats.size < whole) {
    throw new StartupError(
      `${path} is cut off: ${stats.size} bytes of ${whole} are there.`,
      EXIT.data,
    )
  }
}

function readHeader(path: string): Buffer {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartupError(`${path} cannot be read (${code}). Check its rights.`, EXIT.data)
  }
  try {
    const header = Buffer.alloc(HEADER_BYTES)
    return header.subarray(0, readSync(file, header, 0, HEADER_BYTES, 0))
  } finally {
    closeSync(file)
  }
}
