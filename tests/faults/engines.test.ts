// Shows that the servers for the tests start, keep what they have confirmed, and stop without a trace.
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createMariadbDatabase, createPostgresDatabase } from '../support/engines/databases.ts'
import { startMariadb } from '../support/engines/mariadb.ts'
import { startPostgres } from '../support/engines/postgres.ts'
import { isAlive } from '../support/engines/processes.ts'
import { startRedis } from '../support/engines/redis.ts'
import { tempDir } from '../support/temp-dir.ts'
import { kinds, onMariadb, onPostgres, onRedis, started } from './engines.ts'

describe.each(kinds)('a $name', (kind) => {
  test('killed and started again still has what it confirmed', async () => {
    const engine = await started(kind.start())
    const { pid, port } = engine
    await kind.write(engine.url)
    await engine.kill()
    await expect(kind.read(engine.url)).rejects.toThrow(/ECONNREFUSED|closed/i)
    expect([isAlive(pid), existsSync(engine.dir)]).toEqual([false, true])

    await engine.restart()
    expect(await kind.read(engine.url)).toBe('猫 🐈')
    expect(engine.port).toBe(port)
    expect(engine.pid).not.toBe(pid)
  })

  test('restarts in good order, in the middle of its work', async () => {
    const engine = await started(kind.start())
    await kind.write(engine.url)
    await engine.restart()
    expect(await kind.read(engine.url)).toBe('猫 🐈')
  })

  test('stopped leaves no process and no folder, not even when it is frozen', async () => {
    const engine = await started(kind.start())
    const { pid, dir } = engine
    process.kill(pid, 'SIGSTOP')
    await engine.stop()
    expect([isAlive(pid), existsSync(dir)]).toEqual([false, false])
    await engine.stop() // twice is no harm
  })

  test('keeps a folder that it was given', async () => {
    const dir = tempDir()
    const first = await started(kind.start({ dir }))
    await kind.write(first.url)
    await first.stop()
    const second = await started(kind.start({ dir }))
    expect(await kind.read(second.url)).toBe('猫 🐈')
  })

  test('on a port that is taken says so', async () => {
    const { port } = await started(kind.start())
    await expect(kind.start({ port })).rejects.toThrow(`port ${port} is in use`)
  })
})

describe('a server of its own for a test', () => {
  test('may have a password and settings: redis', async () => {
    const options = { password: 'p:@ "%', config: { maxmemory: '8mb', save: '60 1' } }
    const { url, port } = await started(startRedis(options))
    expect(await onRedis(url, 'CONFIG', 'GET', 'maxmemory')).toMatchObject({ maxmemory: '8388608' })
    expect(await onRedis(url, 'CONFIG', 'GET', 'save')).toMatchObject({ save: '60 1' })
    await expect(onRedis(`redis://127.0.0.1:${port}`, 'PING')).rejects.toThrow(/NOAUTH/)
  })

  test('that does not come up says why', async () => {
    const broken = [
      startRedis({ config: { 'no-such-setting': '1' } }),
      startMariadb({ args: ['--no-such-setting'] }),
      startPostgres({ settings: { no_such_setting: '1' } }),
    ]
    const outcomes = await Promise.allSettled(broken)
    const message =
      /^(Redis|MariaDB|PostgreSQL): it ended \(\d\); its last words:\n[^]*no.such.setting/
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        reason: { message: expect.stringMatching(message) as unknown },
      })
    }
  })
})

describe('a database of its own for a test', () => {
  test.each([
    ['mariadb', startMariadb, createMariadbDatabase, onMariadb],
    ['postgres', startPostgres, createPostgresDatabase, onPostgres],
  ] as const)('is empty, takes every letter, and can be dropped: %s', async (...kind) => {
    const [, start, createDatabase, run] = kind
    const { url } = await started(start())
    const [first, second] = await Promise.all([createDatabase(url), createDatabase(url)])
    for (const database of [first, second]) {
      await run(database.url, 'create table pets (name varchar(20))')
      await run(database.url, `insert into pets values ('龍 🐈')`)
      expect(await run(database.url, 'select name from pets')).toEqual([['龍 🐈']])
    }
    const busy = run(
      first.url,
      `select ${kind[0] === 'mariadb' ? 'sleep' : 'pg_sleep'}(60) from pets`,
    )
    const cutOff = expect(busy).rejects.toThrow()
    await sleep(200)
    await first.drop()
    await cutOff
    await expect(run(first.url, 'select 1')).rejects.toThrow(/database/i)
    expect(await run(second.url, 'select name from pets')).toHaveLength(1)
  })
})
