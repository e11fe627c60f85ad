// Owns `petshop doctor`: proves that the shop's data adds up, also while it runs.
import { Command } from 'commander'
import { EXIT } from '../lib/startup-error.ts'
import { examine, type Report } from './examine.ts'

/** Of each check. */
const SHOWN = 100

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Prove that stock, orders and events add up; exits 1 if anything is wrong')
    .option('--json', 'print the report as JSON')
    .action(async (options: { json?: boolean }) => {
      const report = await examine((check) => {
        if (!options.json) process.stderr.write(progress(`… ${check.name}`))
      })
      if (!options.json) process.stderr.write(progress(''))
      process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report))
      process.exitCode = report.healthy ? 0 : EXIT.failure
    })
}

function inWords({ healthy, checks, groups }: Report): string {
  const lines = checks.flatMap(({ check, findings, more }) => [
    `${findings.length === 0 ? '✓' : '✗'} ${check}`,
    ...findings.slice(0, SHOWN).map((finding) => `    ${finding.message}`),
    ...(more || findings.length > SHOWN ? ['    … and more; --json lists up to 10,000'] : []),
  ])
  for (const { group, backlog, retrying, dead } of groups) {
    if (backlog > 0) lines.push(`  ${group}: ${backlog} events wait (not an error)`)
    if (retrying > 0)
      lines.push(`  ${group}: ${retrying} deliveries are being retried (not an error)`)
    if (dead > 0) lines.push(`  ${group}: ${dead} dead letters; replay them on the system page`)
  }
  lines.push(healthy ? 'Everything adds up.' : 'Something is wrong; see ✗ above.')
  return `${lines.join('\n')}\n`
}

/** One line that is overwritten, on terminals only. */
function progress(text: string): string {
  return process.stderr.isTTY ? `\r\u001b[K${text}` : ''
}
