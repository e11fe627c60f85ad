// Owns `petshop backups`: which there are, newest first.
import { Command } from 'commander'
import { readConfig } from '../platform/config.ts'
import { type KnownBackup, listKnown } from './known-backups.ts'
import { toMb } from './one-line.ts'

export function backupsCommand(): Command {
  return new Command('backups')
    .description('List the backups in PETSHOP_BACKUP_DIR and in the bucket, newest first')
    .option('--json', 'print them as JSON')
    .action(async (flags: { json?: boolean }) => {
      const known = await listKnown(readConfig())
      process.stdout.write(flags.json ? `${JSON.stringify(known, null, 2)}\n` : inWords(known))
    })
}

function inWords(known: readonly KnownBackup[]): string {
  if (known.length === 0) return 'There are no backups.\n'
  const lines = known.map(({ name, bytes, created_at, where, good, problem }) => {
    const size = bytes === null ? '–' : `${toMb(bytes)} MB`
    const time = new Date(created_at).toISOString().slice(0, 16)
    return `${good ? '✓' : '✗'} ${name}  ${time}Z  ${size.padStart(8)}  ${where.join(', ')}${problem}`
  })
  return `${lines.join('\n')}\n`
}
