// Owns how a receiver knows that an event comes from this shop, and when: a keyed hash over time and body.
import { createHmac, randomBytes } from 'node:crypto'

export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64url')}`
}

/** @param now epoch milliseconds: a receiver refuses what is older than some minutes */
export function signatureOf(secret: string, body: string, now: number): string {
  const time = Math.floor(now / 1000)
  const hash = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
  return `t=${time},v1=${hash}`
}
