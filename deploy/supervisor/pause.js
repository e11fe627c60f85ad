// Supervisor starts again at once, however often: a process that ends because the database, or its port, isn't there
// (exit code 69) ends some seconds later instead. Loaded before the program: node --import …/pause.js src/main.js
import process from 'node:process'
import { isMainThread } from 'node:worker_threads'

const UNAVAILABLE = 69
const seconds = Number(process.env.SUPERVISOR_PAUSE_SECONDS ?? 5)

if (isMainThread)
  process.on('exit', (code) => {
    if (code !== UNAVAILABLE) return
    // At an end nothing but this waits. A stop waits too, for so long at most.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000)
  })
