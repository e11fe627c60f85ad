// Shows that whatever keeps the program from starting is said in one sentence, with an exit code, and harms nothing.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, describe, expect, test } from 'vitest'
import { databasePath } from '../../src/platform/db/store.ts'
import { makeStage } from '../support/load.ts'
import { type Finished, petshop } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'

const COMMANDS = ['serve', 'worker', 'migrate', 'demo', 'doctor', 'users']

/** What a person reads: a sentence that ends like one, and nothing of the program's insides. */
function expectOneSentence({ stdout, stderr }: Finished, says: RegExp): void {
  expect(stdout).toBe('')
  expect(stderr).toMatch(says)
  expect(stderr).toMatch(/^[^\n]+\.\n$/)
  expect(stderr).not.toMatch(/^ +at |node:|Error:/m)
}

const bytesOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

let shop: string
beforeAll(async () => {
  shop = (await makeStage(tempDir(), { buyers: 1, onHand: [5] })).dataDir
})

describe.concurrent('the program', () => {
  test('says whose port is taken, and gives it back when it stops', async ({ expect }) => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const port = String((other.address() as AddressInfo).port)
    const env = { PETSHOP_DATA_DIR: tempDir(), PETSHOP_PORT: port, PETSHOP_LOG_LEVEL: 'silent' }
    const refused = await petshop(['serve'], env)
    other.close()
    expect(refused.code).toBe(69)
    expectOneSentence(
      refused,
      new RegExp(`^Port ${port} on 127.0.0.1 is taken\\. .* PETSHOP_PORT\\.\n$`),
    )
  })

  test('says when it may not have the address', async ({ expect }) => {
    const env = { PETSHOP_DATA_DIR: tempDir(), PETSHOP_HOST: '203.0.113.7' }
    const refused = await petshop(['serve'], { ...env, PETSHOP_LOG_LEVEL: 'silent' })
    expect(refused.code).toBe(69)
    expectOneSentence(refused, /^Cannot listen on 203\.0\.113\.7:0\. Check PETSHOP_HOST/)
  })

  test.each(['serve', 'worker', 'migrate', 'demo', 'users list'])(
    '%s says when the data folder cannot be written',
    async (command) => {
      const folder = tempDir()
      const file = join(folder, 'file')
      writeFileSync(file, 'mine')
      const env = { PETSHOP_DATA_DIR: join(file, 'sub') }
      const refused = await petshop(command.split(' '), env)
      expect(refused.code).toBe(73)
      expectOneSentence(
        refused,
        /^The data folder .*cannot be made \(ENOTDIR\)\. .* PETSHOP_DATA_DIR\.\n/,
      )
      expect(readFileSync(file, 'utf8')).toBe('mine')
      expect(readdirSync(folder)).toEqual(['file'])
    },
  )

  test.each(['serve', 'worker', 'migrate', 'demo', 'users list'])(
    '%s refuses the database of a newer version that took something away, and leaves it byte for byte',
    async (command) => {
      const dataDir = tempDir()
      const path = databasePath(dataDir)
      cpSync(databasePath(shop), path)
      const database = new DatabaseSync(path)
      database.exec(
        `insert into kysely_migration values ('9999_flying_pets_contract', '2030-01-01T00:00:00Z')`,
      )
      database.close()
      const before = bytesOf(path)
      const refused = await petshop(command.split(' '), { PETSHOP_DATA_DIR: dataDir })
      expect(refused.code).toBe(65)
      expectOneSentence(
        refused,
        /newer version of petshop .*9999_flying_pets_contract.* nothing was changed/,
      )
      expect(bytesOf(path)).toBe(before)
      expect(readdirSync(dataDir)).toEqual(['petshop.db'])
    },
  )

  const damages: [what: string, damage: (path: string) => void][] = [
    ['is noise', (path) => writeFileSync(path, Buffer.alloc(50_000, 0xa7))],
    ['is a text', (path) => writeFileSync(path, 'Dear diary')],
    ['was cut in half', (path) => truncateSync(path, 4096 * 20)],
    ['has a bad page', (path) => overwriteTable(path, 'kysely_migration')],
  ]
  const cases = damages.flatMap(([what, damage]) =>
    ['serve', 'worker', 'migrate', 'demo', 'doctor', 'users list'].map(
      (command) => [command, what, damage] as const,
    ),
  )
  // The doctor opens whatever it can read something of: it says what is wrong.
  test.each(cases.filter(([command, what]) => command !== 'doctor' || what !== 'has a bad page'))(
    '%s refuses a file that %s, and leaves it byte for byte',
    async (command, _what, damage) => {
      const dataDir = tempDir()
      const path = databasePath(dataDir)
      cpSync(databasePath(shop), path)
      damage(path)
      const before = bytesOf(path)
      const refused = await petshop(command.split(' '), { PETSHOP_DATA_DIR: dataDir })
      expect(refused.code).toBe(65)
      expectOneSentence(refused, /is damaged or not a database\. It was left as it is; restore/)
      expect(bytesOf(path)).toBe(before)
    },
  )

  test('refuses the database of another program, and leaves it byte for byte', async ({
    expect,
  }) => {
    const dataDir = tempDir()
    const path = databasePath(dataDir)
    const database = new DatabaseSync(path)
    database.exec('create table recipes (name text)')
    database.close()
    const before = bytesOf(path)
    const refused = await petshop(['serve'], { PETSHOP_DATA_DIR: dataDir })
    expect(refused.code).toBe(65)
    expectOneSentence(refused, /is a database of another program\. It was left as it is/)
    expect(bytesOf(path)).toBe(before)
  })

  test.each(['serve', 'worker', 'migrate', 'demo', 'doctor', 'users list'])(
    '%s lists everything that is wrong with the configuration, and does nothing',
    async (command) => {
      const dataDir = join(tempDir(), 'shop')
      const { code, stdout, stderr } = await petshop(command.split(' '), {
        PETSHOP_DATA_DIR: dataDir,
        PETSHOP_PORT: 'eighty',
        PETSHOP_LOG_LEVEL: 'loud',
        PETSHOP_ORDER_QUEUE: '-1',
      })
      expect([code, stdout]).toEqual([78, ''])
      expect(stderr.split('\n')).toEqual([
        'The configuration is wrong:',
        '  PETSHOP_PORT=eighty: must be a whole number from 0 to 65535',
        '  PETSHOP_LOG_LEVEL=loud: must be one of silent, error, warn, info, debug, trace',
        '  PETSHOP_ORDER_QUEUE=-1: must be a whole number from 1 to 1000000',
        '',
      ])
      expect(existsSync(dataDir)).toBe(false)
    },
  )

  test.each(['', ...COMMANDS, 'users create', 'users reset-password', 'users list'])(
    'petshop %s --help helps, and does nothing else',
    async (command) => {
      const dataDir = join(tempDir(), 'shop')
      const args = [...command.split(' ').filter(Boolean), '--help']
      const { code, stdout, stderr } = await petshop(args, { PETSHOP_DATA_DIR: dataDir })
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(new RegExp(`^Usage: petshop ?${command}`))
      expect(existsSync(dataDir)).toBe(false)
    },
  )

  test('lists every command in its help', async ({ expect }) => {
    const { stdout } = await petshop(['--help'])
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
  })

  test.each([
    'nonsense',
    'serve --nonsense',
    'users nonsense',
    'users create',
    'demo --users many',
  ])('petshop %s is refused, and does nothing', async (command) => {
    const dataDir = join(tempDir(), 'shop')
    const refused = await petshop(command.split(' '), { PETSHOP_DATA_DIR: dataDir })
    expect([refused.code, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toMatch(/^error: /)
    expect(refused.stderr).not.toMatch(/^ +at /m)
    expect(existsSync(dataDir)).toBe(false)
  })
})

/** Noise in the place of the page on which a table begins. */
function overwriteTable(path: string, table: string): void {
  const database = new DatabaseSync(path)
  const { rootpage } = database
    .prepare('select rootpage from sqlite_schema where name = ?')
    .get(table) as { rootpage: number }
  const { page_size } = database.prepare('pragma page_size').get() as { page_size: number }
  database.close()
  const bytes = readFileSync(path)
  bytes.fill(0xab, (rootpage - 1) * page_size, rootpage * page_size)
  writeFileSync(path, bytes)
}
