// Owns reading an answer of JSON lines while the server is still writing it.
import { networkFailure } from '../api.ts'

/** Each line as it comes. @throws ApiError when the connection breaks, AbortError when the caller stops */
export async function* readJsonLines(response: Response): AsyncGenerator<unknown, void, undefined> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) return
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read().catch(asFailure)
    const lines = (rest + (value ?? '')).split('\n')
    rest = done ? '' : (lines.pop() ?? '')
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line)
    if (done) return
  }
}

function asFailure(error: unknown): never {
  if (error instanceof DOMException && error.name === 'AbortError') throw error
  throw networkFailure()
}
