// Shows what each engine's complaints mean: whether another try helps, and what the caller may be told.
import { DummyDriver, Kysely, MysqlAdapter, MysqlIntrospector, MysqlQueryCompiler } from 'kysely'
import { expect, test } from 'vitest'
import { mysqlDialect } from './dialect-mysql.ts'
import { postgresDialect } from './dialect-postgres.ts'
import { STORE_AWAY, STORE_BUSY, STORE_SILENT } from './network-failures.ts'
import { lostCommit } from './transactions.ts'

const mysql = mysqlDialect({ collation: 'utf8mb4_bin', isTidb: false })
const postgres = postgresDialect({ server: 'postgres' })

const failing = (facts: object, message = 'failed') => Object.assign(new Error(message), facts)

test.each([
  ['unique', 1062],
  ['foreign_key', 1451, 1452, 1216, 1217],
  ['transient', 1213, 1205, 1020, 1317, 1969, 3024, 9007, 8028],
  ['full', 1021, 1114],
  ['away', 1040, 1053, 1290, 1836, 1927, 2006, 2013, 4031],
  ['other', 1064, 1146, 1406],
] as const)('MySQL: %s', (meaning, ...errnos) => {
  for (const errno of errnos)
    expect([errno, mysql.classify(failing({ errno }))]).toEqual([errno, meaning])
})

test.each([
  ['unique', '23505'],
  ['foreign_key', '23503'],
  ['transient', '40001', '40P01', '55P03', '57014', '25P03'],
  ['full', '53100'],
  ['away', '08000', '08006', '57P01', '57P03', '53300', '25006', '40003'],
  ['other', '42601', '42P01', '22001', '23502'],
] as const)('PostgreSQL: %s', (meaning, ...codes) => {
  for (const code of codes)
    expect([code, postgres.classify(failing({ code }))]).toEqual([code, meaning])
})

test.each([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  STORE_SILENT,
  STORE_AWAY,
])('a connection that failed with %s is away, on every server', (code) => {
  const error = failing({ code })
  expect([mysql.classify(error), postgres.classify(error)]).toEqual(['away', 'away'])
})

test('a driver’s own words are understood too', () => {
  const closed = failing(
    { fatal: true },
    "Can't add new command when connection is in closed state",
  )
  const lost = failing({ code: 'PROTOCOL_CONNECTION_LOST', fatal: true })
  expect([mysql.classify(closed), mysql.classify(lost)]).toEqual(['away', 'away'])
  for (const message of [
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
  ]) {
    expect([message, postgres.classify(new Error(message))]).toEqual([message, 'away'])
  }
})

test('no free connection is a reason to come again; a lost commit is none to try another way', () => {
  const busy = failing({ code: STORE_BUSY })
  const lost = lostCommit()
  expect([mysql.classify(busy), postgres.classify(busy)]).toEqual(['transient', 'transient'])
  expect([mysql.classify(lost), postgres.classify(lost)]).toEqual(['away', 'away'])
})

test('the violated key is the server’s word, never the value', () => {
  const key = 'users.users_email_key'
  const error = failing({ errno: 1062 }, `Duplicate entry 'for key 'sku_key'' for key '${key}'`)
  expect(mysql.violates(error, 'email_key')).toBe(true)
  expect(mysql.violates(error, 'sku_key')).toBe(false)
  const other = failing({ code: '23505', constraint: 'inventory_barcode' }, 'sku_key')
  expect(postgres.violates(other, 'barcode')).toBe(true)
  expect(postgres.violates(other, 'sku_key')).toBe(false)
})

test('TiDB, which has no JSON_TABLE and no share locks, is given what it has', () => {
  const db = new Kysely<{ t: { id: number } }>({
    dialect: {
      createAdapter: () => new MysqlAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (inner) => new MysqlIntrospector(inner),
      createQueryCompiler: () => new MysqlQueryCompiler(),
    },
  })
  const tidb = mysqlDialect({ collation: 'utf8mb4_bin', isTidb: true })
  const rows = [
    [1, 'a'],
    [2, 'b'],
  ]
  const { sql, parameters } = tidb.list({ id: 'integer', n: 'text' }, rows).compile(db)
  expect(sql).toBe('(select ? as `id`, ? as `n` union all select ? as `id`, ? as `n`) as list')
  expect(parameters).toEqual([1, 'a', 2, 'b'])
  const locked = tidb.forShare(db.selectFrom('t').selectAll()).compile().sql
  expect(locked).toBe('select * from `t` for update')
})

test('CockroachDB’s texts compare byte by byte without being told', () => {
  const type = postgresDialect({ server: 'cockroach' }).varchar(5)
  expect(JSON.stringify(type)).not.toContain('collate')
})
