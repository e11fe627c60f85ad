// Owns databases that are used again: emptying one is much quicker than making one with all its tables.
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { Client } from 'pg'
import { createMariadbDatabase, createPostgresDatabase } from './databases.ts'

export interface ReusedDatabase {
  readonly url: string
  /** Empties it for the next one who asks. */
  giveBack(): Promise<void>
}

type Server = 'mariadb' | 'postgres'

/** Those that nobody uses, with their tables; they end with their server. */
const free: Record<Server, string[]> = { mariadb: [], postgres: [] }

/** @param adminUrl of somebody who may create databases */
export async function takeDatabase(server: Server, adminUrl: string): Promise<ReusedDatabase> {
  const url = free[server].pop() ?? (await make(server, adminUrl))
  return {
    url,
    async giveBack() {
      if (server === 'mariadb') await emptyMariadb(url)
      else await emptyPostgres(url)
      free[server].push(url)
    },
  }
}

async function make(server: Server, adminUrl: string): Promise<string> {
  const create = server === 'mariadb' ? createMariadbDatabase : createPostgresDatabase
  return (await create(adminUrl)).url
}

async function emptyMariadb(url: string): Promise<void> {
  const connection = await createConnection(url)
  try {
    const [tables] = await connection.query<RowDataPacket[]>(
      `select table_name as name, auto_increment as next from information_schema.tables
       where table_schema = database() and table_name not like 'kysely%'`,
    )
    await connection.query('set foreign_key_checks = 0')
    for (const { name, next } of tables) {
      await connection.query(`delete from \`${name}\``)
      if (next > 1) await connection.query(`alter table \`${name}\` auto_increment = 1`)
    }
  } finally {
    await connection.end()
  }
}

async function emptyPostgres(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables
       where schemaname = current_schema() and tablename not like 'kysely%'`,
    )
    const names = rows.map(({ name }) => name).join(', ')
    await client.query(`truncate ${names} restart identity cascade`)
  } finally {
    await client.end()
  }
}
