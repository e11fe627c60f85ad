// Owns proving that the shop's data adds up: runs every module's checks over one snapshot.
import type { Reader } from './db/store.ts'

export interface Finding {
  /** One row that is wrong, in words: what is there, and what should be. */
  readonly message: string
}

export interface Check {
  readonly name: string
  /** Yields every row that is wrong; nothing when all is well. Reads only. */
  run(reader: Reader, now: number): AsyncIterable<Finding>
}

export interface CheckResult {
  readonly check: string
  readonly findings: readonly Finding[]
  /** True when there were more findings than are kept. */
  readonly more: boolean
}

/** A file may be damaged in many places, and each row is named. */
const KEPT_FINDINGS = 10_000

export async function runCheck(check: Check, reader: Reader, now: number): Promise<CheckResult> {
  const findings: Finding[] = []
  try {
    for await (const finding of check.run(reader, now)) {
      if (findings.length >= KEPT_FINDINGS) return { check: check.name, findings, more: true }
      findings.push(finding)
    }
  } catch (error) {
    // A damaged page must not hide what the other checks find.
    findings.push({ message: `could not be checked: ${(error as Error).message}` })
  }
  return { check: check.name, findings, more: false }
}
