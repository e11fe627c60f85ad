// Owns the audit log's public face: whoever does what matters records it in the same transaction.
import type { Core, Module } from '../../platform/module.ts'
import { sealEntries } from './actions.ts'
import { auditLogIsWhole } from './checks-store.ts'
import type { Usernames } from './export-actions.ts'
import { auditRoutes } from './routes.ts'

export { type Act, recordAct, recordActs } from './actions.ts'
export { differences } from './rules.ts'

const SECOND = 1000

export function createAudit({ store }: Core, needs: { readonly usernames: Usernames }): Module {
  return {
    name: 'audit',
    routes: (app) => auditRoutes(app, store, needs.usernames),
    events: [],
    consumers: [],
    checks: [auditLogIsWhole],
    upkeep: [{ name: 'seal-audit-log', everyMs: SECOND, run: () => sealEntries(store) }],
  }
}
