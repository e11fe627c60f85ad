// Owns the answers that public/theme.js asked for before the page's own scripts were there: each is taken once, or not at all.

declare global {
  interface Window {
    petshopEarly?: Record<string, Promise<Response> | undefined>
  }
}

/** An answer that nobody took by then is too old, milliseconds after the page's start. */
const LONGEST_MS = 30_000

/** @param path as in the address behind `/api` @returns null if it wasn't asked, or not answered well */
export async function takeEarly(path: string): Promise<Response | null> {
  const asked = window.petshopEarly?.[path]
  if (!asked) return null
  delete window.petshopEarly?.[path]
  if (performance.now() > LONGEST_MS) return null
  const response = await asked.catch(() => null)
  return response?.ok ? response : null
}

/** Something changed on the server: what it said before doesn't hold any more. */
export function forgetEarly(): void {
  delete window.petshopEarly
}
