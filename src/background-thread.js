// Owns the start of the background thread, which looks into the compile cache for itself.
import { keepCompiled } from './compile-cache.js'

keepCompiled()
await import('./background-tasks.ts')
