// Owns session tokens: 256 random bits for the caller, only their hash for the store.
import { hash, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 32
const FORM = /^[A-Za-z0-9_-]{43}$/

export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

/** What never was a token needs no look into the store. */
export function looksLikeToken(text: string): boolean {
  return FORM.test(text)
}

/** SHA-256, hex. For tokens no salt is needed: they can't be guessed. */
export function sha256(text: string): string {
  return hash('sha256', text)
}
