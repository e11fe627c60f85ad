// Owns that the pages under test are those of the source as it is: built if need be, once.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const script = join(import.meta.dirname, '../../../scripts/build-web.ts')

export function buildPages(): void {
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the pages could not be built:\n${stderr}`)
}
