// Owns how an act of the log is named in the texts, and what it changed.
import type { AuditEntry } from '../../../../src/modules/audit/schema.ts'

/** i18next takes a dot for a step into the texts. */
export function keyOfAct(act: string): string {
  return act.replace('.', '_')
}

export interface Change {
  readonly name: string
  readonly before: unknown
  readonly after: unknown
}

/** Each field once, as it was and as it is; `undefined` where only one of both is known. */
export function changesOf({ before, after }: Pick<AuditEntry, 'before' | 'after'>): Change[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return names.map((name) => ({ name, before: before?.[name], after: after?.[name] }))
}
