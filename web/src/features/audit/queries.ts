// Owns reading the audit log over the API.
import type { AuditEntry } from '../../../../src/modules/audit/schema.ts'
import type { Query } from '../../lib/api.ts'
import { usePages } from '../../lib/pages.ts'
import { keys } from '../../lib/query-keys.ts'

export function useAuditLog(query: Query) {
  return usePages<AuditEntry>({ queryKey: keys.audit(query), path: '/audit', query, limit: 50 })
}
