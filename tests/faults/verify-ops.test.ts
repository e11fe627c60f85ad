// Runs `npm run verify:ops` once: proxies, service managers and stores of deploy/, around real processes.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../../scripts/processes.ts'
import { type Program, program } from '../../scripts/verify-deploy/tools.ts'
import { ensureInstalled } from '../support/engines/install.ts'

const root = join(import.meta.dirname, '../..')
const PROGRAMS: readonly Program[] = [
  'nginx',
  'apache2',
  'supervisord',
  'systemd-analyze',
  'redis-server',
  'openssl',
]
const MINUTES = 60_000

/** Installs what is missing, where we may. */
async function whyNot(): Promise<string | undefined> {
  try {
    for (const name of PROGRAMS) await program(name)
  } catch (error) {
    return (error as Error).message
  }
  return ensureInstalled(['redis-server', 'mariadb-server', 'postgresql'])
}

const missing = await whyNot()

test(
  'what deploy/ brings works when it runs: npm run verify:ops',
  async ({ skip }) => {
    if (missing !== undefined) skip(missing)
    if (!existsSync(join(root, 'web/dist/index.html')))
      await run(process.execPath, [join(root, 'scripts/build-web.ts')])
    const { code, output } = await run(process.execPath, [join(root, 'scripts/verify-ops.ts')])
    console.log(output.trim())
    expect(code, output).toBe(0)
    expect(output).toMatch(/^1[0-9] passed, 0 failed/m)
  },
  10 * MINUTES,
)
