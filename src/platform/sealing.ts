// Owns how secrets stand in the store: encrypted and bound to their place when the shop has a key, otherwise as they are.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

export interface Sealer {
  /** @param about what it is and whose, as in `totp of 17`: moved to another place it no longer opens */
  seal(text: string, about: string): string
  /** Null when it was sealed with another key or for another place, or was changed. */
  open(sealed: string, about: string): string | null
  /** False for what was written before there was a key: whoever writes it again seals it. */
  isSealed(sealed: string): boolean
}

const PLAIN = 'plain:'
const SEALED = 'gcm1:'
const IV_BYTES = 12
const TAG_BYTES = 16

export function createSealer(secret: string | null): Sealer {
  const key =
    secret === null ? null : Buffer.from(hkdfSync('sha256', secret, '', 'petshop seal', 32))
  return {
    seal: (text, about) => (key ? encrypt(key, text, about) : PLAIN + text),
    open(sealed, about) {
      if (sealed.startsWith(PLAIN)) return sealed.slice(PLAIN.length)
      return key && sealed.startsWith(SEALED) ? decrypt(key, sealed, about) : null
    },
    isSealed: (sealed) => key === null || sealed.startsWith(SEALED),
  }
}

function encrypt(key: Buffer, text: string, about: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about))
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return SEALED + Buffer.concat([iv, cipher.getAuthTag(), bytes]).toString('base64url')
}

function decrypt(key: Buffer, sealed: string, about: string): string | null {
  const all = Buffer.from(sealed.slice(SEALED.length), 'base64url')
  if (all.length < IV_BYTES + TAG_BYTES) return null
  const decipher = createDecipheriv('aes-256-gcm', key, all.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(about))
    .setAuthTag(all.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  try {
    const bytes = all.subarray(IV_BYTES + TAG_BYTES)
    return Buffer.concat([decipher.update(bytes), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
