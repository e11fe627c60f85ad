// Owns starting the process that copies a database, watching it, and ending it.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { EXIT, StartupError } from '../../../lib/startup-error.ts'
import { fileBytes } from '../sqlite.ts'
import type { CopyFailure } from './copy-process.ts'

const COPIER = fileURLToPath(new URL('./copy-process.ts', import.meta.url))
const LOOK_MS = 200

export interface CopyOptions {
  readonly source: string
  readonly target: string
  /** Ends it at once. */
  readonly signal?: AbortSignal
  /** `total` is the most that it can come to. */
  readonly onProgress: (bytes: number, total: number) => void
}

/** Copies the database as it stands at this moment, while others write. @throws StartupError */
export async function copyDatabase(options: CopyOptions): Promise<void> {
  const { source, target, signal, onProgress } = options
  const total = fileBytes(source) + fileBytes(`${source}-wal`)
  const child = fork(COPIER, [source, target], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const stop = () => child.kill('SIGKILL')
  signal?.addEventListener('abort', stop)
  const look = setInterval(() => onProgress(fileBytes(target), total), LOOK_MS)
  let failure: CopyFailure | null = null
  child.on('message', (message) => (failure = message as CopyFailure))
  try {
    const [code, end] = (await once(child, 'close')) as [number | null, string | null]
    failure ??=
      code === 0 ? null : { message: `the copying ended (${code ?? end})`, exitCode: null }
  } finally {
    clearInterval(look)
    signal?.removeEventListener('abort', stop)
  }
  signal?.throwIfAborted()
  throwIfFailed(failure, source)
  onProgress(total, total)
}

function throwIfFailed(failure: CopyFailure | null, source: string): void {
  if (failure === null) return
  if (failure.exitCode !== null) throw new StartupError(failure.message, failure.exitCode)
  throw new StartupError(`${source} could not be copied: ${failure.message}.`, EXIT.failure)
}
