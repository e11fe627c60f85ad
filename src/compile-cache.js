// Owns keeping what Node has made of the program's files, so that the next start is spared it.
import { enableCompileCache } from 'node:module'
import { fileURLToPath, URL } from 'node:url'

/** Beside the program: whoever could write there could change the program itself. */
const FOLDER = fileURLToPath(new URL('../node_modules/.cache/petshop', import.meta.url))

/** For what is imported from now on. Where the folder can't be written, everything goes on without it. */
export function keepCompiled() {
  enableCompileCache(FOLDER)
}
