// Owns watching the SQL that a store runs, on whichever engine it is.
import { StatementSync } from 'node:sqlite'
import { Connection } from 'mysql2'
import { Client } from 'pg'
import { vi } from 'vitest'

/** The statements that `work` runs, in order; a transaction's beginning and end too. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = []
  const spies = [
    ...(['all', 'run', 'get', 'iterate'] as const).map((method) =>
      spy(StatementSync.prototype, method, (statement) => statements.push(statement.sourceSQL)),
    ),
    spy(Client.prototype, 'query', (_client, text) => statements.push(String(text))),
    spy(Connection.prototype, 'query', (_connection, text) => statements.push(String(text))),
  ]
  try {
    await work()
  } finally {
    for (const one of spies) one.mockRestore()
  }
  return statements
}

export const isBegin = (statement: string) => /^(begin|start transaction)/i.test(statement)
/** What belongs to no work of its own. */
export const isFrame = (statement: string) =>
  isBegin(statement) || /^(commit|set )/i.test(statement)

function spy<T extends object>(
  prototype: T,
  method: keyof T & string,
  note: (self: T, first: unknown) => void,
) {
  const real = prototype[method] as (...values: unknown[]) => unknown
  return vi.spyOn(prototype as Record<string, () => unknown>, method).mockImplementation(function (
    this: T,
    ...values: unknown[]
  ) {
    note(this, values[0])
    return real.apply(this, values)
  } as () => unknown)
}
