// Tests for the serving thread's end of a background thread: whatever that does, nobody waits for ever.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { StartupError } from '../../src/lib/startup-error.ts'
import { type Background, startBackground } from '../../src/platform/background/handle.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openStore, type Store } from '../../src/platform/db/store.ts'
import { tempDir } from '../support/temp-dir.ts'

const PORT = "import { parentPort as port } from 'node:worker_threads'\n"
const READY = `${PORT}port.postMessage({ kind: 'ready' })\n`

const opened: { store: Store; thread: Background | null }[] = []

afterEach(async () => {
  for (const { store, thread } of opened.splice(0)) {
    await thread?.close()
    await store.close()
  }
})

async function start(code: string) {
  const folder = tempDir()
  const store = await openStore({ store: readConfig({ PETSHOP_DATA_DIR: folder }).store })
  const file = join(folder, 'thread.mjs')
  writeFileSync(file, code)
  const deaths: string[] = []
  let died = () => {}
  const death = new Promise<void>((resolve) => (died = resolve))
  const entry = { store, thread: null as Background | null }
  opened.push(entry)
  entry.thread = await startBackground({
    script: pathToFileURL(file),
    store,
    data: null,
    onDeath(error) {
      deaths.push(error.message)
      died()
    },
  })
  return { thread: entry.thread, store, deaths, death }
}

describe('a background thread', () => {
  test('does tasks, and says what came of each', async () => {
    const { thread } = await start(
      `${READY}port.on('message', ({ kind, id, argument }) => {
        if (kind === 'call') port.postMessage({ kind: 'done', id, result: argument * 2 })
      })`,
    )
    expect(await Promise.all([thread.call('double', 1), thread.call('double', 2)])).toEqual([2, 4])
    expect(thread.silentMs()).toBe(0)
  })

  test('tells of its commits', async () => {
    const { store } = await start(
      `${READY}setInterval(() => port.postMessage({ kind: 'committed' }), 5)`,
    )
    const own = await new Promise((resolve) => store.onCommit(resolve))
    expect(own).toBe(false)
  })

  test.each([
    ['throws', "throw new Error('broken')", 'broken'],
    ['ends', 'process.exit(3)', 'code 3'],
  ])('that %s before it is ready does not start', async (_, code, reason) => {
    await expect(start(code)).rejects.toThrow(reason)
  })

  test('that cannot open the shop says so as the program itself would', async () => {
    const code = `throw Object.assign(new Error('no space'), { name: 'StartupError', exitCode: 73 })`
    const failure: unknown = await start(code).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(StartupError)
    expect(failure).toMatchObject({ message: 'no space', exitCode: 73 })
  })

  test.each([
    ['throws', "throw new Error('broken')", 'broken'],
    ['ends', 'process.exit(3)', 'code 3'],
  ])('that %s later is reported, and fails whoever waits for it', async (_, code, reason) => {
    const { thread, deaths, death } = await start(
      `${READY}port.on('message', ({ kind }) => { if (kind === 'call') { ${code} } })`,
    )
    await expect(thread.call('anything')).rejects.toThrow(reason)
    await death
    expect(deaths[0]).toContain(reason)
  })

  test('that hangs is known to be silent', async () => {
    const { thread } = await start(`${READY}port.on('message', () => { for (;;); })`)
    const never = thread.call('hang').catch(() => 'given up')
    await expect.poll(() => thread.silentMs(), { timeout: 10_000 }).toBeGreaterThan(1000)
    await thread.close()
    expect(await never).toBe('given up')
  })
})
