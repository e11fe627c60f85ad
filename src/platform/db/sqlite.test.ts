// Shows that an SQLite which can corrupt its file is never used.
import { expect, test, vi } from 'vitest'
import { tempDir } from '../../../tests/support/temp-dir.ts'
import { openFolder } from '../../../tests/support/open-folder.ts'

const engine = vi.hoisted(() => ({ version: '' }))

// The engine as it is, but for the version it tells.
vi.mock(import('node:sqlite'), async (original) => {
  const sqlite = await original()
  class Disguised extends sqlite.DatabaseSync {
    constructor(...parameters: ConstructorParameters<typeof sqlite.DatabaseSync>) {
      super(...parameters)
      this.function('sqlite_version', () => engine.version)
    }
  }
  return { ...sqlite, DatabaseSync: Disguised }
})

test.each(['3.51.2', '3.50.9', '3.8.0', '2.99.99'])('SQLite %s is refused', async (version) => {
  engine.version = version
  const open = () => openFolder(tempDir())
  await expect(open()).rejects.toThrow(
    `SQLite ${version} can corrupt a write-ahead log; 3.51.3 or newer is needed.`,
  )
  await expect(open()).rejects.toMatchObject({ exitCode: 69 })
})

test.each(['3.51.3', '3.51.10', '3.52.0', '4.0.0'])('SQLite %s is fine', async (version) => {
  engine.version = version
  const store = await openFolder(tempDir())
  await store.ping()
  await store.close()
})
