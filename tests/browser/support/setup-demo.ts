// Owns the demo shop that the browser's tests copy: making its past takes ten seconds, a copy of it none.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

import { petshop } from '../../support/program.ts'
import { DEMO_PASSWORD } from './demo-password.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A data folder with the demo shop in it, which nobody serves. */
    demoFolder: string
  }
}

export default async function makeDemo(project: Pick<TestProject, 'provide'>) {
  const folder = mkdtempSync(join(tmpdir(), 'petshop-demo-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const env = { PETSHOP_DATA_DIR: folder, PETSHOP_DEMO_PASSWORD: DEMO_PASSWORD }
  const made = await petshop(['demo', '--no-serve'], env)
  if (made.code !== 0) {
    remove()
    throw new Error(`the demo shop could not be made:\n${made.stdout}${made.stderr}`)
  }
  project.provide('demoFolder', folder)
  return remove
}
