// Owns the clock of a process that is tortured: loaded before the program (`--import`), it adds to the system's time the
// milliseconds that stand in a file, so that the clock jumps while the program runs.
import { readFileSync } from 'node:fs'

const file = process.env['TORTURE_CLOCK'] ?? ''
/** The file is read again after so long, by a clock that doesn't jump. */
const LOOK_MS = 20

const systemNow = Date.now.bind(Date)
let offset = 0
let lookedAt = -Infinity

function now(): number {
  const at = performance.now()
  if (at - lookedAt >= LOOK_MS) {
    lookedAt = at
    offset = read()
  }
  return systemNow() + offset
}

/** A file that is being written is empty for a moment. */
function read(): number {
  try {
    const text = readFileSync(file, 'utf8')
    return text === '' ? offset : Number(text)
  } catch {
    return offset
  }
}

globalThis.Date = new Proxy(Date, {
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
  get: (target, name, receiver) =>
    name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown),
})
