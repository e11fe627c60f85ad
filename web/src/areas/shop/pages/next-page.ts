// Owns where one goes after logging in: where one came from, or where one's work is.
import { isStaff } from '../../../../../src/lib/roles.ts'
import type { User } from '../../../../../src/modules/users/schema.ts'

export function landingPage(next: string | null, user: User): string {
  // Only a path of this site; "//elsewhere" would be another one.
  if (next && /^\/(?![/\\])/.test(next)) return next
  return isStaff(user.role) ? '/office' : '/'
}

export function loginPath(next: string | null): string {
  return withNext('/login', next)
}

export function registerPath(next: string | null): string {
  return withNext('/register', next)
}

function withNext(path: string, next: string | null): string {
  return next === null ? path : `${path}?next=${encodeURIComponent(next)}`
}
