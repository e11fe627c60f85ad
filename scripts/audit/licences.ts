// Owns under which licences others' code may be shipped with the shop, and used to build it.
import type { LockedPackage } from './lock.ts'

/** They ask for a notice at most. */
const FREE = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])
/** What is only run to build and test passes nothing on to what is built; data is named as its licence asks. */
const FREE_TO_USE = new Set([...FREE, 'CC-BY-4.0', 'MPL-2.0'])

/** An SPDX expression: of `A OR B` one must be free, of `A AND B` both. No brackets within brackets. */
export function isFree(expression: string, allowed: ReadonlySet<string> = FREE): boolean {
  const plain = expression.trim().replace(/^\((.*)\)$/, '$1')
  return plain
    .split(/\s+OR\s+/)
    .some((all) => all.split(/\s+AND\s+/).every((one) => allowed.has(one.trim())))
}

export function licenceProblems(packages: readonly LockedPackage[]): string[] {
  return packages.flatMap(({ name, version, license, dev }) => {
    const what = `${name} ${version}${dev ? '' : ' (shipped)'}`
    if (license === null) return [`${what}: no licence in the lock file`]
    return isFree(license, dev ? FREE_TO_USE : FREE) ? [] : [`${what}: ${license}`]
  })
}

/** Without it a registry could hand out something else under the same version. */
export function integrityProblems(packages: readonly LockedPackage[]): string[] {
  return packages
    .filter(({ integrity }) => integrity === null || !/\bsha512-/.test(integrity))
    .map(({ name, version }) => `${name} ${version}: no SHA-512 in the lock file`)
}
