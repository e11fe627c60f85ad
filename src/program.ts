// Owns the command line: one program, and exit codes that scripts can rely on (sysexits.h).
import { Command } from 'commander'
import { backupCommand } from './cli/backup.ts'
import { backupsCommand } from './cli/backups.ts'
import { configCommand } from './cli/config.ts'
import { demoCommand } from './cli/demo.ts'
import { doctorCommand } from './cli/doctor.ts'
import { eventsCommand } from './cli/events.ts'
import { exportCommand } from './cli/export.ts'
import { importCommand } from './cli/import.ts'
import { reportsCommand } from './cli/reports.ts'
import { restoreCommand } from './cli/restore.ts'
import { migrateCommand, serveCommand, workerCommand } from './cli/serve.ts'
import { transferCommand } from './cli/transfer.ts'
import { usersCommand } from './cli/users.ts'
import { StartupError } from './lib/startup-error.ts'
import { readEnvFile } from './platform/config.ts'
import { explainFileFailure } from './platform/db/sqlite.ts'

const program = new Command('petshop')
  .description(
    'The pet-shop management system. Settings come from the environment and from a file .env (see docs/configuration.md).',
  )
  .showHelpAfterError()
  .addCommand(serveCommand())
  .addCommand(workerCommand())
  .addCommand(migrateCommand())
  .addCommand(demoCommand())
  .addCommand(doctorCommand())
  .addCommand(eventsCommand())
  .addCommand(reportsCommand())
  .addCommand(importCommand())
  .addCommand(exportCommand())
  .addCommand(backupCommand())
  .addCommand(backupsCommand())
  .addCommand(restoreCommand())
  .addCommand(transferCommand())
  .addCommand(usersCommand())
  .addCommand(configCommand())

for (const command of program.commands) command.showHelpAfterError()

// Whoever reads the output may have seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  readEnvFile()
  await program.parseAsync()
} catch (error) {
  const known = explainFileFailure(error, 'The database')
  if (!(known instanceof StartupError)) throw error
  process.stderr.write(`${known.message}\n`)
  process.exit(known.exitCode)
}
