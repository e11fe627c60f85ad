// Owns the dialect of MySQL, MariaDB and TiDB.
import { InsertQueryNode, type RawBuilder, sql } from 'kysely'
import type { Dialect, ListType, StoreFailure } from './dialect.ts'
import { codeOf, isNetworkFailure, STORE_BUSY } from './network-failures.ts'

export interface MysqlTraits {
  /** One that compares byte by byte, and counts blanks at the end. */
  readonly collation: string
  /** TiDB has no JSON_TABLE, and its share locks lock nothing. */
  readonly isTidb: boolean
}

const DUPLICATE_INDEX = 1061
const NO_SUCH_INDEX = 1091

export function mysqlDialect({ collation, isTidb }: MysqlTraits): Dialect {
  const charset = sql.raw(`character set utf8mb4 collate ${collation}`)
  return {
    name: 'mysql',
    remote: true,
    transactionalDdl: false,
    // The server knows no bound; together they must stay below max_allowed_packet.
    maxParameters: 16_384,
    bigint: 'bigint',
    // Its `text` ends at 64 KiB.
    text: sql`longtext`,
    blob: sql`mediumblob`,
    varchar: (length) => `varchar(${length})`,
    char: (length) => `char(${length})`,
    createTable: (db, table) =>
      db.schema
        .createTable(table)
        .ifNotExists()
        .modifyEnd(sql`${charset}`),
    async createIndex(db, { name, table, columns, unique = false }) {
      const index = db.schema
        .createIndex(name)
        .on(table)
        .columns([...columns])
      try {
        await (unique ? index.unique() : index).execute()
      } catch (error) {
        // MySQL has no `create index if not exists`.
        if (errnoOf(error) !== DUPLICATE_INDEX) throw error
      }
    },
    async dropIndex(db, { name, table }) {
      try {
        await db.schema.dropIndex(name).on(table).execute()
      } catch (error) {
        // MySQL has no `drop index if exists`.
        if (errnoOf(error) !== NO_SUCH_INDEX) throw error
      }
    },
    withAutoId(table, column) {
      const counted = table.addColumn(column, 'bigint', (col) => col.primaryKey().autoIncrement())
      // Each of its servers would give ids from a supply of its own, whatever was inserted before.
      return isTidb ? counted.modifyEnd(sql`auto_id_cache = 1`) : counted
    },
    // MySQL reads a column's own reference, and forgets it.
    reference: (column, target) => (table) => {
      const [parent = '', key = ''] = target.split('.')
      const name = `${table.toOperationNode().table.table.identifier.name}_${column}`
      return table
        .addColumn(column, 'bigint', (col) => col.notNull())
        .addForeignKeyConstraint(name, [column], parent, [key])
    },
    // InnoDB always does.
    clustered: (table) => table,
    forUpdate: (query) => query.forUpdate(),
    // MariaDB knows only this spelling.
    forShare: (query) => (isTidb ? query.forUpdate() : query.modifyEnd(sql`lock in share mode`)),
    ignoreConflicts(query) {
      // INSERT IGNORE would swallow every other failure too.
      const node = query.toOperationNode()
      const column = InsertQueryNode.is(node) ? node.columns?.[0] : undefined
      if (!column) throw new Error('ignoreConflicts needs values')
      const name = sql.ref(column.column.name)
      return query.modifyEnd(sql`on duplicate key update ${name} = ${name}`)
    },
    list: (columns, rows) =>
      isTidb ? unionList(columns, rows) : jsonTable(columns, rows, charset),
    among: (column, numbers) => sql`${sql.ref(column)} in (${sql.join(numbers)})`,
    joinedUpdate: ({ table, list, set, where }) =>
      sql`update ${sql.table(table)} join ${list} set ${set} where ${where}`,
    classify,
    violates: (error, name) => violatedKey(error).includes(name),
  }
}

function jsonTable(
  columns: Readonly<Record<string, ListType>>,
  rows: readonly (readonly (string | number)[])[],
  charset: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const types = { integer: sql`bigint`, text: sql`longtext ${charset}` }
  const defined = Object.entries(columns).map(
    ([name, type], i) => sql`${sql.id(name)} ${types[type]} path ${sql.lit(`$[${i}]`)}`,
  )
  return sql`json_table(${JSON.stringify(rows)}, '$[*]' columns (${sql.join(defined)})) as list`
}

function unionList(
  columns: Readonly<Record<string, ListType>>,
  rows: readonly (readonly (string | number)[])[],
): RawBuilder<unknown> {
  const names = Object.keys(columns).map((name) => sql.id(name))
  const selects = rows.map(
    (row) => sql`select ${sql.join(row.map((value, i) => sql`${value} as ${names[i]}`))}`,
  )
  return sql`(${sql.join(selects, sql` union all `)}) as list`
}

const UNIQUE = new Set([1062, 1586, 1859])
const FOREIGN_KEY = new Set([1216, 1217, 1451, 1452])
const TRANSIENT = new Set([
  1020, // MariaDB: the record has changed since it was read
  1205, // lock wait time-out
  1213, // deadlock; in a Galera cluster also at COMMIT
  1317, // the query was killed
  1969, // MariaDB: max_statement_time
  3024, // MySQL: max_execution_time
  3572, // NOWAIT
  8002, // TiDB: write conflicts, a changed schema
  8022,
  8028,
  9007,
])
const FULL = new Set([1021, 1114])
const AWAY = new Set([
  1040, // too many connections
  1053, // shutting down
  1077,
  1079,
  1080,
  1129,
  1152,
  1158,
  1159,
  1160,
  1161,
  1184,
  1203,
  1226,
  1290, // read-only: a primary that no longer is one
  1836,
  1927, // MariaDB: the connection was killed
  2006,
  2013,
  4031, // MySQL: idle for too long
  9001, // TiDB: its cluster doesn't answer
  9002,
  9003,
  9005,
])
const AWAY_CODES: ReadonlySet<unknown> = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_PACKETS_OUT_OF_ORDER',
])

function classify(error: unknown): StoreFailure {
  if (codeOf(error) === STORE_BUSY) return 'transient'
  const errno = errnoOf(error)
  if (UNIQUE.has(errno)) return 'unique'
  if (FOREIGN_KEY.has(errno)) return 'foreign_key'
  if (TRANSIENT.has(errno)) return 'transient'
  if (FULL.has(errno)) return 'full'
  if (AWAY.has(errno) || AWAY_CODES.has(codeOf(error)) || isNetworkFailure(error)) return 'away'
  // "Can't add new command when connection is in closed state" has nothing else to know it by.
  return error instanceof Error && 'fatal' in error && error.fatal === true && errno <= 0
    ? 'away'
    : 'other'
}

/** The message also holds the value, which anybody may choose: only the end of it is the server's. */
function violatedKey(error: unknown): string {
  return error instanceof Error ? (/for key '([^']*)'$/.exec(error.message)?.[1] ?? '') : ''
}

function errnoOf(error: unknown): number {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number'
    ? error.errno
    : 0
}
