// Owns new, empty databases on a running server: one for each test file that wants one.
import { randomBytes } from 'node:crypto'
import { createConnection } from 'mysql2/promise'
import { Client } from 'pg'

export interface TestDatabase {
  readonly url: string
  /** Whoever is still connected loses the connection. */
  drop(): Promise<void>
}

/** @param adminUrl of somebody who may create databases: an engine's `url` */
export async function createMariadbDatabase(adminUrl: string): Promise<TestDatabase> {
  const name = randomName()
  await onMariadb(adminUrl, (query) => query(`create database ${name} character set utf8mb4`))
  const drop = () =>
    onMariadb(adminUrl, async (query) => {
      // An open transaction would hold its tables, and the drop with them.
      const users = (await query('show processlist')) as { Id: number; db: string | null }[]
      for (const { Id } of users.filter(({ db }) => db === name)) {
        await query(`kill ${Id}`).catch(() => {}) // it has just left
      }
      await query(`drop database if exists ${name}`)
    })
  return { url: withDatabase(adminUrl, name), drop }
}

/** @param adminUrl of somebody who may create databases: an engine's `url` */
export async function createPostgresDatabase(adminUrl: string): Promise<TestDatabase> {
  const name = randomName()
  await onPostgres(adminUrl, `create database ${name}`)
  const drop = () => onPostgres(adminUrl, `drop database if exists ${name} with (force)`)
  return { url: withDatabase(adminUrl, name), drop }
}

async function onMariadb(
  url: string,
  work: (query: (statement: string) => Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  const connection = await createConnection(url)
  try {
    await work(async (statement) => (await connection.query(statement))[0])
  } finally {
    await connection.end()
  }
}

async function onPostgres(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function randomName(): string {
  return `petshop_${randomBytes(6).toString('hex')}`
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
