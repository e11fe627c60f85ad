// Owns the proof that an older version can run beside a newer one: a step of migration takes nothing away that the
// version before still uses. docs/operations.md ("Upgrade") has the rules.
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
/** Steps before this one were made when all processes were stopped for an upgrade. */
const FIRST = '0013'
/** What was taken away, and since which version nothing uses it: in the step's own file, at the start of a line. */
const NOTE = /^\/\/ Contract: .*\bv?\d+\.\d+/m

const TAKEN_AWAY = [
  /\.(?:dropColumn|dropTable|dropView|renameColumn|renameTo|setDataType|setNotNull|dropDefault|modifyColumn)\(/,
  /\b(?:drop\s+(?:column|table)|rename\s+(?:to|column|table)|(?:modify|change|alter)\s+column)\b/i,
]

test('a step of migration takes nothing away from the version before, or says that nothing uses it', () => {
  const files = globSync('migrations/*.ts', { cwd: root }).filter(
    (file) => basename(file) >= FIRST && basename(file) !== 'index.ts',
  )
  expect(files.length).toBeGreaterThan(0)
  const breaches = files.flatMap((file) =>
    breachesOf(readFileSync(join(root, file), 'utf8')).map((what) => `${file}: ${what}`),
  )
  expect(breaches).toEqual([])
})

// By its name an older version knows that it can't run with what the step has left.
test('a step that takes something away is called so', () => {
  const files = globSync('migrations/*.ts', { cwd: root })
  const isContract = (file: string) => NOTE.test(readFileSync(join(root, file), 'utf8'))
  expect(files.filter(isContract)).toEqual(files.filter((file) => file.endsWith('_contract.ts')))
})

test.each([
  [`await db.schema.alterTable('orders').dropColumn('note').execute()`, 'dropColumn('],
  [`db.schema.alterTable('orders')\n  .renameColumn('note', 'remark').execute()`, 'renameColumn('],
  [`db.schema.dropTable('addresses').execute()`, 'dropTable('],
  ['sql`alter table orders drop column note`.execute(db)', 'drop column'],
  ['sql`alter table orders rename to sales`.execute(db)', 'rename to'],
  [
    `db.schema.alterTable('orders').addColumn('lane', 'integer', (col) => col.notNull()).execute()`,
    'not null, and no default',
  ],
])('%s is refused', (step, what) => {
  expect(breachesOf(step).join()).toContain(what)
  const note = '// Contract: nothing has read it since 0.3.0, and that version is everywhere.\n'
  expect(breachesOf(note + step)).toEqual([])
  expect(breachesOf(`// Contract: it is fine\n${step}`)).not.toEqual([])
})

test.each([
  `db.schema.alterTable('orders').addColumn('lane', 'integer').execute()`,
  `db.schema.alterTable('orders').addColumn('lane', 'integer', (col) => col.notNull().defaultTo(0)).execute()`,
  `dialect.createTable(db, 'lanes').addColumn('lane_id', 'integer', (col) => col.notNull()).execute()`,
  `dialect.dropIndex(db, { name: 'orders_lane', table: 'orders' })`,
])('%s is fine', (step) => {
  expect(breachesOf(step)).toEqual([])
})

function breachesOf(text: string): string[] {
  if (NOTE.test(text)) return []
  const code = text.replaceAll(/^\s*(?:\/\/|\/\*\*|\*).*$/gm, '')
  const taken = TAKEN_AWAY.flatMap((pattern) => pattern.exec(code)?.[0] ?? [])
  // The version before doesn't know the column, and leaves it out of its rows.
  const altered = code.split('alterTable(').slice(1)
  const needed = altered
    .flatMap((rest) => (rest.split('.execute()')[0] ?? '').split('.addColumn(').slice(1))
    .filter((column) => column.includes('.notNull()') && !/defaultTo|generatedAlways/.test(column))
    .map(() => 'a column that is not null, and no default')
  return [...taken, ...needed]
}
