// Owns the folders a test file works in: under the system's temporary folder, gone when the file is done.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const folders: string[] = []

// Hooks run in reverse: whatever a test file starts in its folders is stopped before.
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A new, empty folder. */
export function tempDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'petshop-test-'))
  folders.push(folder)
  return folder
}
