// Owns `petshop config`: what the program would run with, without secrets.
import { Command } from 'commander'
import { effectiveSettings } from '../platform/config.ts'

export function configCommand(): Command {
  return new Command('config')
    .description('Print the effective configuration without secrets; exits 78 if it is wrong')
    .option('--json', 'print it as JSON')
    .action((options: { json?: boolean }) => {
      const settings = effectiveSettings()
      if (options.json) {
        process.stdout.write(`${JSON.stringify(settings, null, 2)}\n`)
        return
      }
      const width = Math.max(...settings.map(({ name }) => name.length))
      for (const { name, value, source } of settings) {
        const mark = source === 'default' ? '  (default)' : ''
        process.stdout.write(`${name.padEnd(width)}  ${value || '–'}${mark}\n`)
      }
    })
}
