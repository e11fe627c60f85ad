// Owns the proof that a table is named by one owner only: whoever else needs its rows asks the owner.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const tables = tablesOf(readFileSync(join(root, 'src/tables.ts'), 'utf8'))

const builderCalls =
  /\b(?:selectFrom|insertInto|updateTable|deleteFrom|replaceInto|mergeInto|(?:inner|left|right|full|cross)Join|using)\(\s*(\[[^\]]*\]|'[^']*')/g
const sqlText = /\b(?:from|join|into|update)\s+"?([a-z_]+)/gi

test('each table is named by one module or platform part only', () => {
  const files = globSync('src/{modules,platform,cli,demo}/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => [file, readFileSync(join(root, file), 'utf8')] as const)
  expect(tables.length).toBeGreaterThan(10)
  expect(sharedTables(files)).toEqual([])
})

test('a table named by a second owner is reported, however it is written', () => {
  const orders = [
    'src/modules/orders/store.ts',
    "trx.selectFrom('orders as o').selectAll()",
  ] as const
  for (const text of [
    "db.updateTable('orders')",
    "db\n  .selectFrom([\n'inventory', 'orders as o'])",
    ".innerJoin('orders as o', 'o.order_id', 'x.order_id')",
    'sql`select count(*) from orders`',
    'sql`delete\n from "orders" where 1`',
  ]) {
    expect(sharedTables([orders, ['src/modules/inventory/store.ts', text]])).toEqual([
      'orders: src/modules/inventory, src/modules/orders',
    ])
  }
  expect(sharedTables([orders, ['src/modules/orders/lines-store.ts', orders[1]]])).toEqual([])
})

/** The tables with more than one owner, each with its owners. */
function sharedTables(files: readonly (readonly [file: string, text: string])[]): string[] {
  const owners = new Map<string, Set<string>>()
  for (const [file, text] of files) {
    const owner = file.split('/').slice(0, 3).join('/')
    for (const table of namedTables(text)) {
      owners.set(table, (owners.get(table) ?? new Set()).add(owner))
    }
  }
  return [...owners]
    .filter(([, by]) => by.size > 1)
    .map(([table, by]) => `${table}: ${[...by].sort().join(', ')}`)
    .sort()
}

function namedTables(text: string): string[] {
  const built = [...text.matchAll(builderCalls)].flatMap(([, argument = '']) =>
    [...argument.matchAll(/'(\w+)/g)].map(([, table = '']) => table),
  )
  const written = [...text.matchAll(/\bsql(?:<[^`]*>)?`([^`]*)`/g)].flatMap(([, sql = '']) =>
    [...sql.matchAll(sqlText)].map(([, table = '']) => table),
  )
  return [...built, ...written].filter((table) => tables.includes(table))
}

/** The keys of the `Database` type. */
function tablesOf(text: string): string[] {
  const body = /interface Database \{([^}]*)\}/.exec(text)?.[1] ?? ''
  return [...body.matchAll(/^\s*(\w+):/gm)].map(([, table = '']) => table)
}
