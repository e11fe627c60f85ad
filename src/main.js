// Owns the start of the program. In plain JavaScript, as what it imports here: everything else is found in the compile
// cache with its types already taken out, and Node needn't load what takes them out (27 MB in two threads).
import { keepCompiled } from './compile-cache.js'

keepCompiled()
await import('./program.ts')
