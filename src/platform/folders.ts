// Owns making the folders that the shop writes to.
import { mkdirSync } from 'node:fs'
import { EXIT, StartupError } from '../lib/startup-error.ts'

/** @throws StartupError with exit code 73 when it cannot be made */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new StartupError(
      `The data folder ${folder} cannot be made (${(error as NodeJS.ErrnoException).code}). Check its path and rights, or choose another PETSHOP_DATA_DIR.`,
      EXIT.cannotWrite,
    )
  }
}
