// Owns the programs that a test file starts: each is gone with the file at the latest.
import { afterAll } from 'vitest'
import { killPrograms, type ProgramOptions, type Server, startProgram } from './program.ts'
import { tempDir } from './temp-dir.ts'

export { type Ended, type Finished, petshop, type Server } from './program.ts'

/** Without a folder an empty one is made. */
export type ServerOptions = Partial<ProgramOptions>

afterAll(killPrograms)

/** Starts it and waits until it says that it is open. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  return startProgram({ ...options, dataDir: options.dataDir ?? tempDir() })
}
