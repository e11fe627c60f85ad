// Owns the command line: one program, and exit codes that scripts can rely on (sysexits.h).
import { Command } from 'commander'
import { demoCommand } from './cli/demo.ts'
import { doctorCommand } from './cli/doctor.ts'
import { migrateCommand, serveCommand, workerCommand } from './cli/serve.ts'
import { usersCommand } from './cli/users.ts'
import { StartupError } from './lib/startup-error.ts'
import { explainFileFailure } from './platform/db/sqlite.ts'

const program = new Command('petshop')
  .description('The pet-shop management system. Settings come from PETSHOP_* variables.')
  .showHelpAfterError()
  .addCommand(serveCommand())
  .addCommand(workerCommand())
  .addCommand(migrateCommand())
  .addCommand(demoCommand())
  .addCommand(doctorCommand())
  .addCommand(usersCommand())

for (const command of program.commands) command.showHelpAfterError()

try {
  await program.parseAsync()
} catch (error) {
  const known = explainFileFailure(error, 'The database')
  if (!(known instanceof StartupError)) throw error
  process.stderr.write(`${known.message}\n`)
  process.exit(known.exitCode)
}
