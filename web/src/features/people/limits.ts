// Owns what the page offers to do to whose account, and why not: the server's own rules, told beforehand. Pure.
import { ROLES, type Role } from '../../../../src/lib/roles.ts'
import {
  losesLastOwner,
  mayGiveRole,
  mayManage,
  type Person,
} from '../../../../src/modules/users/rules.ts'

/** Why an account is out of reach; null when it isn't. */
export type Limit = 'above' | 'self' | 'lastOwner' | 'walkIn' | null

/** As the counter names the account of its sales to nobody known. Nobody else's address has this domain. */
const walkInEmail = /^walk-in-\d+@invalid$/

/** @param activeOwners up to two are enough; unknown ones are left to the server */
export function limitOf(
  me: Person,
  person: Person & { readonly email: string },
  activeOwners: readonly number[],
): Limit {
  if (walkInEmail.test(person.email)) return 'walkIn'
  if (me.user_id !== person.user_id) return mayManage(me, person) ? null : 'above'
  const disabled = { role: person.role, active: false }
  return losesLastOwner(person, disabled, activeOwners) ? 'lastOwner' : 'self'
}

export function rolesToGive(me: Pick<Person, 'role'>): readonly Role[] {
  return ROLES.filter((role) => mayGiveRole(me, role))
}
