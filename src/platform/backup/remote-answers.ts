// Owns reading what a bucket answers: a body that breaks off is asked for again, and is never a fault of ours.
import { setTimeout as sleep } from 'node:timers/promises'
import { EXIT, StartupError } from '../../lib/startup-error.ts'

export interface Place {
  /** For people. */
  readonly place: string
  /** An answer that is right; its body is the caller's. */
  call(target: string, given: { readonly method: string }): Promise<Response>
  /** Throws what the caller has broken all off with. */
  heed(): void
}

type Named = Pick<Place, 'place' | 'heed'>

const READS = 3
const PAUSE_MS = 200

/** Reading changes nothing there, so it may be done again. @throws StartupError */
export async function read<T>(
  from: Place,
  target: string,
  take: (answer: Response) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const answer = await from.call(target, { method: 'GET' })
    try {
      return await take(answer)
    } catch (error) {
      if (!(error instanceof BrokenOff) || tries === READS) throw error
    }
    await sleep(PAUSE_MS * tries)
    from.heed()
  }
}

/** The connection ended in the middle of a body. */
class BrokenOff extends StartupError {}

export async function* bodyOf(from: Named, answer: Response): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of answer.body ?? []) yield chunk
  } catch (error) {
    from.heed()
    throw new BrokenOff(silent(from.place, error).message, EXIT.unavailable)
  }
}

export async function textOf(from: Named, answer: Response): Promise<string> {
  return Buffer.concat(await Array.fromAsync(bodyOf(from, answer))).toString()
}

export function silent(place: string, cause: unknown): StartupError {
  return new StartupError(`${place} does not answer (${reasonOf(cause)}).`, EXIT.unavailable)
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error
  const { code } = (cause ?? {}) as NodeJS.ErrnoException
  return code ?? message
}
