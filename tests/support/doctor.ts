// Owns asking the doctor as a script does: `petshop doctor --json`, on a running shop too.
import { examineCopy } from '../../src/cli/examine.ts'
import { databasePath } from '../../src/platform/db/store.ts'
import { petshop } from './server.ts'

export interface DoctorReport {
  readonly healthy: boolean
  readonly checks: readonly {
    readonly check: string
    readonly findings: readonly { readonly message: string }[]
  }[]
  readonly groups: readonly {
    readonly group: string
    readonly backlog: number
    readonly retrying: number
    readonly dead: number
  }[]
}

export async function runDoctor(
  dataDir: string,
): Promise<{ readonly code: number | null; readonly report: DoctorReport }> {
  const { code, stdout, stderr } = await petshop(['doctor', '--json'], {
    PETSHOP_DATA_DIR: dataDir,
  })
  if (stderr !== '') throw new Error(`the doctor complained (${code}): ${stderr}`)
  return { code, report: JSON.parse(stdout) as DoctorReport }
}

/** Everything that is wrong, by check; empty when all adds up. */
export async function findingsOf(dataDir: string): Promise<Record<string, string[]>> {
  const { code, report } = await runDoctor(dataDir)
  const wrong = report.checks.filter(({ findings }) => findings.length > 0)
  if (code !== (wrong.length === 0 ? 0 : 1)) throw new Error(`exit code ${code} is a lie`)
  return Object.fromEntries(
    wrong.map(({ check, findings }) => [check, findings.map(({ message }) => message)]),
  )
}

/** Every finding of the shop in this folder; in this process, where a hundred times would take too long otherwise. */
export async function examineFolder(dataDir: string): Promise<string[]> {
  const report = await examineCopy(databasePath(dataDir), () => undefined)
  return report.checks.flatMap(({ findings }) => findings.map(({ message }) => message))
}
