// Owns codes that change with time (RFC 6238): SHA-1, six digits, thirty seconds, as every authenticator app knows them.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const STEP_MS = 30_000
const DIGITS = 6
/** Clocks differ, and typing takes a while: the step before and the one after count too. */
const TOLERANCE = 1
/** As long as SHA-1's output (RFC 4226 §4). */
const SECRET_BYTES = 20
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** In base32, as apps take it. */
export function newSecret(): string {
  return toBase32(randomBytes(SECRET_BYTES))
}

export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = mac.readUInt8(mac.length - 1) & 15
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS
  return String(number).padStart(DIGITS, '0')
}

export function stepAt(now: number): number {
  return Math.floor(now / STEP_MS)
}

/** The time step that this code belongs to, among those that count now and come after `after`; null without one. */
export function stepOf(secret: string, code: string, now: number, after: number): number | null {
  const given = Buffer.from(code)
  const middle = stepAt(now)
  let found: number | null = null
  for (let step = middle - TOLERANCE; step <= middle + TOLERANCE; step++) {
    const right = Buffer.from(codeAt(secret, step))
    const same = given.length === right.length && timingSafeEqual(given, right)
    if (same && step > after) found = step
  }
  return found
}

/** What a QR code holds: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function keyUri(secret: string, username: string, issuer: string): string {
  // A colon parts the two names.
  const [shop, person] = [issuer, username].map((text) =>
    encodeURIComponent(text.replaceAll(':', ' ')),
  )
  return `otpauth://totp/${shop}:${person}?secret=${secret}&issuer=${shop}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_MS / 1000}`
}

function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => BASE32.charAt(Number.parseInt(five, 2))).join('')
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0'))
  const bytes = bits.join('').match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((eight) => Number.parseInt(eight, 2)))
}
