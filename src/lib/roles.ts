// Owns the order of roles: each may do what those before it may.
export const ROLES = ['customer', 'clerk', 'manager', 'owner'] as const
export type Role = (typeof ROLES)[number]

export function atLeast(role: Role, minimum: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(minimum)
}

export function isStaff(role: Role): boolean {
  return atLeast(role, 'clerk')
}
