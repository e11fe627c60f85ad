// `npm run audit`: what the shop is built of. Known holes (asked of the registry, where it answers), licences, check
// sums, and a bill of materials (CycloneDX) of what is shipped: `-- --sbom FILE` writes it. Ends with 1 only for what
// is really wrong; what could not be asked is said.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs, styleText } from 'node:util'
import { readAdvice } from './audit/advisories.ts'
import { integrityProblems, licenceProblems } from './audit/licences.ts'
import { readLock } from './audit/lock.ts'
import { type Bill, missingFrom, shippedBill } from './audit/sbom.ts'

const root = join(import.meta.dirname, '..')
const PATIENCE_MS = 60_000
const MOST_BYTES = 64 * 1024 * 1024

const { values } = parseArgs({ options: { sbom: { type: 'string' } } })
const packages = readLock(root)
const shipped = packages.filter(({ dev }) => !dev).length
let wrong = 0

function say(what: string, problems: readonly string[]): void {
  const isFine = problems.length === 0
  if (!isFine) wrong++
  console.log(`${isFine ? styleText('green', '✓') : styleText('red', '✗')} ${what}`)
  for (const problem of problems) console.log(`    ${problem}`)
}

function npm(...args: string[]): string {
  const made = spawnSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    maxBuffer: MOST_BYTES,
  })
  return made.stdout ?? ''
}

const advice = readAdvice(npm('audit', '--json'))
if (advice.asked) say(`known holes: asked of ${packages.length} packages`, advice.holes)
else console.log(`${styleText('yellow', '?')} known holes: could not be asked (${advice.reason})`)

say(
  `licences: ${shipped} packages that are shipped, ${packages.length - shipped} to build and test`,
  licenceProblems(packages),
)
say(`check sums: ${packages.length} packages`, integrityProblems(packages))

const made = npm('sbom', '--sbom-format', 'cyclonedx', '--package-lock-only')
const bill = made === '' ? {} : shippedBill(JSON.parse(made) as Bill, packages)
const missing = made === '' ? ['npm sbom gave no answer'] : missingFrom(bill, packages)
say(`bill of materials: CycloneDX, ${shipped} packages that are shipped`, missing)
if (values.sbom !== undefined && missing.length === 0) {
  writeFileSync(values.sbom, `${JSON.stringify(bill, null, 2)}\n`)
  console.log(`    written to ${values.sbom}`)
}

process.exitCode = wrong === 0 ? 0 : 1
