// Owns telling machines apart: where process numbers mean the same, and nowhere else.
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Containers may share a name, and a machine that was started again has other processes with old numbers. */
const space = [
  read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')).slice(0, 8),
  read(() => readlinkSync('/proc/self/ns/pid')).replace(/\D/g, ''),
].join('-')

/** The same for all processes that can see each other; without a colon. */
export function machineName(): string {
  return `${hostname().replaceAll(':', '')}/${space}`
}

/** Only Linux tells. */
function read(from: () => string): string {
  try {
    return from()
  } catch {
    return ''
  }
}
