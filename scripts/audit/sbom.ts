// Owns the bill of materials in CycloneDX of what is shipped: cut out of npm's for everything, because npm's own
// `--omit dev` also leaves out what is shipped and used to build as well; then held against the lock file.
import type { LockedPackage } from './lock.ts'

interface Component {
  readonly 'bom-ref'?: string
  readonly purl?: string
}

export interface Bill {
  readonly bomFormat?: string
  readonly components?: readonly Component[]
  readonly dependencies?: readonly {
    readonly ref: string
    readonly dependsOn?: readonly string[]
  }[]
}

/** @param bill of all packages, as npm makes it */
export function shippedBill(bill: Bill, packages: readonly LockedPackage[]): Bill {
  const shipped = new Set(purlsOf(packages))
  const components = (bill.components ?? []).filter((each) => shipped.has(purlOf(each)))
  const refs = new Set(components.map((each) => each['bom-ref'] ?? ''))
  const isOfDev = new Set(
    (bill.components ?? []).map((each) => each['bom-ref'] ?? '').filter((ref) => !refs.has(ref)),
  )
  const dependencies = (bill.dependencies ?? [])
    .filter(({ ref }) => !isOfDev.has(ref))
    .map((each) => ({ ...each, dependsOn: (each.dependsOn ?? []).filter((on) => refs.has(on)) }))
  return { ...bill, components, dependencies }
}

/** @returns what of the shipped packages isn't in it */
export function missingFrom(bill: Bill, packages: readonly LockedPackage[]): string[] {
  if (bill.bomFormat !== 'CycloneDX') return ['it is not CycloneDX']
  const named = new Set((bill.components ?? []).map(purlOf))
  return purlsOf(packages).filter((purl) => !named.has(purl))
}

function purlsOf(packages: readonly LockedPackage[]): string[] {
  return packages.filter(({ dev }) => !dev).map(({ name, version }) => `pkg:npm/${name}@${version}`)
}

function purlOf({ purl = '' }: Component): string {
  return decodeURIComponent(purl.split('?')[0] ?? '')
}
