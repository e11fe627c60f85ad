// Owns the answers that public/theme.js asked for before the page's own scripts were there: each is taken once, or not at all.

declare global {
  interface Window {
    petshopEarly?: Record<string, Promise<Response> | undefined>
  }
}

/** An answer that nobody took by then is too old, milliseconds after the page's start. */
const LONGEST_MS = 30_000

/**
 * @param path as in the address behind `/api`
 * @param signal ends the waiting, as it ends a request
 * @returns null if it wasn't asked, or not answered well or in time
 */
export async function takeEarly(path: string, signal?: AbortSignal): Promise<Response | null> {
  const asked = window.petshopEarly?.[path]
  if (!asked) return null
  delete window.petshopEarly?.[path]
  if (performance.now() > LONGEST_MS) return null
  const answer = asked.catch(() => null)
  const response = await (signal ? Promise.race([answer, endOf(signal)]) : answer)
  return response?.ok ? response : null
}

function endOf(signal: AbortSignal): Promise<null> {
  if (signal.aborted) return Promise.resolve(null)
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true })
  })
}

/** Something changed on the server: what it said before doesn't hold any more. */
export function forgetEarly(): void {
  delete window.petshopEarly
}
