// Shows what the owner does with backups from the office: make one, see it, take it home, delete it.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Backup } from '../../src/modules/system/backup-schema.ts'
import { timeOfBackup } from '../../src/platform/backup/names.ts'
import { machineName } from '../../src/platform/events/machine.ts'
import { until } from '../support/load.ts'
import { openShop, type Shop } from '../support/shop.ts'

const URL = '/api/system/backups'
/** The test clock's time, in UTC. */
const NAME = 'petshop-20260115-040000.db'
/** Above the largest number that Linux gives a process. */
const NOBODY = 2 ** 22 + 1
const onSqlite = inject('stack').startsWith('sqlite')
const ENGLISH = { 'accept-language': 'en' }

let shop: Shop
let folder: string
beforeEach(async () => {
  shop = await openShop()
  folder = shop.core.config.backupDir
})
afterEach(() => shop.close())

const owner = () => shop.as('owner')

async function list(): Promise<Backup[]> {
  return (await owner().get(URL, ENGLISH)).body.items
}

async function made(): Promise<Backup> {
  const { status, body } = await owner().post(URL)
  expect([status, body.item?.state]).toEqual([202, 'running'])
  const find = async () => (await list()).find(({ name }) => name === body.item.name)
  await until('the backup has ended', async () => (await find())?.state !== 'running')
  return (await find())!
}

function put(name: string, text: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), text)
}

if (!onSqlite)
  describe('on a database server', () => {
    test('nothing is made here: the message names its own tool', async () => {
      expect((await owner().get(URL)).body).toMatchObject({ items: [], supported: false })
      const { status, code, body } = await owner().post(URL, undefined, ENGLISH)
      expect([status, code]).toEqual([409, 'BACKUP_ELSEWHERE'])
      expect(body.error.message).toMatch(/mariadb-dump|pg_dump/)
      expect(existsSync(folder)).toBe(false)
      expect((await owner().get(`${URL}/${NAME}`)).status).toBe(404)
      expect((await owner().delete(`${URL}/${NAME}`)).status).toBe(404)
    })
  })

if (onSqlite)
  describe('[sqlite] a backup', () => {
    test('is made, listed, taken home as it is, and deleted', async () => {
      await shop.addProduct()
      expect((await owner().get(URL)).body).toMatchObject({ items: [], supported: true })
      const backup = await made()
      const path = join(folder, NAME)
      expect(backup).toEqual({
        name: NAME,
        bytes: statSync(path).size,
        created_at: '2026-01-15T04:00:00.000Z',
        state: 'ready',
        problem: null,
        restore_command: `npm run petshop -- restore ${path} --force`,
      })
      expect([statSync(path).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700])
      expect(readdirSync(folder)).toEqual([NAME])

      const url = `${URL}/${NAME}`
      const file = await shop.http.inject({ url, headers: shop.people.owner.headers })
      expect(file.rawPayload.equals(readFileSync(path))).toBe(true)
      expect(file.headers).toMatchObject({
        'content-type': 'application/vnd.sqlite3',
        'content-length': String(backup.bytes),
        'content-disposition': `attachment; filename="${NAME}"`,
        'cache-control': 'no-store',
      })
      const head = await shop.send({ url, method: 'HEAD', headers: shop.people.owner.headers })
      expect([head.status, head.text, head.headers['content-length']]).toEqual([
        200,
        '',
        String(backup.bytes),
      ])

      expect((await owner().delete(url)).status).toBe(200)
      expect([await list(), readdirSync(folder)]).toEqual([[], []])
      expect((await owner().delete(url)).status).toBe(404)
      expect((await owner().get(url)).status).toBe(404)
    })

    test('is made one at a time; each has a name of its own, the newest first', async () => {
      const answers = await Promise.all([1, 2, 3].map(() => owner().post(URL)))
      expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409, 409])
      expect(answers.find(({ status }) => status === 409)?.code).toBe('BACKUP_RUNNING')
      const [running] = await list()
      expect((await owner().delete(`${URL}/${running?.name}`)).code).toBe('BACKUP_RUNNING')
      expect((await owner().get(`${URL}/${running?.name}`)).status).toBe(404)
      await until('it has ended', async () => (await list())[0]?.state === 'ready')
      await made()
      expect((await list()).map(({ name, state }) => [name, state])).toEqual([
        ['petshop-20260115-040001.db', 'ready'],
        [NAME, 'ready'],
      ])
    })

    test('that cannot be made says why, and its note can be deleted', async () => {
      const { db } = shop.core.store
      await db.updateTable('users').set({ username_key: 'else' }).where('user_id', '=', 1).execute()
      const wrong = await made()
      expect(wrong).toMatchObject({ state: 'ready', problem: expect.stringMatching(/add up/) })
      expect((await owner().get(URL)).body.items[0].problem).toMatch(/对不上/)
      expect((await owner().delete(`${URL}/${wrong.name}`)).status).toBe(200)
      expect(readdirSync(folder)).toEqual([])
    })

    test('whose process is dead has failed, and keeps no other from being made', async () => {
      const mark = { name: NAME, maker: null, pid: NOBODY, machine: machineName() }
      put('running.json', JSON.stringify(mark))
      expect(await list()).toMatchObject([
        { name: NAME, state: 'failed', bytes: null, problem: expect.stringMatching(/broken off/) },
      ])
      expect((await made()).name).toBe('petshop-20260115-040001.db')
      expect((await list())[1]).toMatchObject({ name: NAME, state: 'failed' })
      expect((await owner().delete(`${URL}/${NAME}`)).status).toBe(200)
      expect(await list()).toHaveLength(1)
    })

    test('whose mark a power cut has left empty is forgotten after a while', async () => {
      put('running.json', '')
      expect((await owner().post(URL)).code).toBe('BACKUP_RUNNING')
      const then = new Date(Date.now() - 31_000)
      utimesSync(join(folder, 'running.json'), then, then)
      expect(await made()).toMatchObject({ state: 'ready', problem: null })
    })

    test('of another process of this machine is seen, and awaited', async () => {
      put(
        'running.json',
        JSON.stringify({ name: NAME, maker: null, pid: process.pid, machine: machineName() }),
      )
      expect(await list()).toMatchObject([{ name: NAME, state: 'running', problem: null }])
      expect((await owner().post(URL)).code).toBe('BACKUP_RUNNING')
    })

    test('needs a folder that can be written: the message names the setting', async () => {
      writeFileSync(folder, 'a file')
      const { status, code, body } = await owner().post(URL, undefined, ENGLISH)
      expect([status, code]).toEqual([409, 'BACKUP_FOLDER'])
      expect(body.error.message).toContain('PETSHOP_BACKUP_DIR')
    })

    test('ends with the shop', async () => {
      await owner().post(URL)
      shop.app.system.startClosing()
      await until('it has ended', async () => (await list())[0]?.state !== 'running')
      expect(await list()).toMatchObject([{ state: 'failed', bytes: null }])
      expect(readdirSync(folder)).toEqual([`${NAME}.json`])
    })

    test.each([
      '../petshop.db',
      '..%2Fpetshop.db',
      'petshop.db',
      'running.json',
      `${NAME}.json`,
      'petshop-20260115-040000.db%00',
      'petshop-2026011५-040000.db',
    ])('is not found or refused under the name %s', async (name) => {
      put(`${NAME}.json`, '{}')
      put('petshop.db', 'the shop')
      for (const answer of [
        await owner().get(`${URL}/${name}`),
        await owner().delete(`${URL}/${name}`),
      ]) {
        expect([400, 404]).toContain(answer.status)
        expect(answer.text).not.toContain('the shop')
      }
      expect(readdirSync(folder).toSorted()).toEqual([`${NAME}.json`, 'petshop.db'])
    })

    test('is nothing that has no such time', async () => {
      put('petshop-20260231-040000.db', 'x')
      expect(timeOfBackup('petshop-20260231-040000.db')).toBe(null)
      expect(await list()).toEqual([])
      expect((await owner().get(`${URL}/petshop-20260231-040000.db`)).status).toBe(404)
    })
  })
