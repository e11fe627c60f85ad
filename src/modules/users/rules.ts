// Owns who may do what to whose account, and which names and passwords are refused; nobody rises above themselves.
import { atLeast, type Role } from '../../lib/roles.ts'
import { foldText } from '../../lib/text.ts'
import { COMMON_PASSWORDS } from './common-passwords-rules.ts'

export interface Person {
  readonly user_id: number
  readonly role: Role
}

/** What a field's value breaks, in words that follow the field's name. */
export interface FieldProblem {
  readonly field: string
  readonly zh: string
  readonly en: string
}

/** The owner manages everybody; others those below themselves. */
export function mayManage(actor: Pick<Person, 'role'>, target: Pick<Person, 'role'>): boolean {
  return actor.role === 'owner' || isBelow(target.role, actor.role)
}

/** Only the owner makes managers and owners; others make those below themselves. */
export function mayGiveRole(actor: Pick<Person, 'role'>, role: Role): boolean {
  return actor.role === 'owner' || isBelow(role, actor.role)
}

/** Clerks find customers, to order for them; managers find everybody. */
export function maySee(actor: Pick<Person, 'role'>, role: Role): boolean {
  return atLeast(actor.role, 'manager') || role === 'customer'
}

/** Would this leave the shop without anybody who owns it? */
export function losesLastOwner(
  target: Person,
  becomes: { readonly role: Role; readonly active: boolean },
  activeOwners: readonly number[],
): boolean {
  const isOwner = activeOwners.includes(target.user_id)
  const staysOwner = becomes.role === 'owner' && becomes.active
  return isOwner && !staysOwner && activeOwners.length === 1
}

/** Longest folded name: compatibility forms may unfold to many characters, and the column is bounded. */
const MAX_KEY_LENGTH = 190
const DELETED_PREFIX = 'deleted-'

export function deletedName(user_id: number): string {
  return `${DELETED_PREFIX}${user_id}`
}

export function deletedEmail(user_id: number): string {
  return `${deletedName(user_id)}@invalid`
}

/**
 * What makes an e-mail unique. Without one the id does: it holds no @, so nobody logs in by it, and no address
 * folds into it.
 */
export function emailKey(email: string, user_id: number): string {
  return email === '' ? `none-${user_id}` : foldText(email)
}

/**
 * A name that folds into an e-mail address would make log-in by e-mail ambiguous, and names of deleted
 * accounts are the system's.
 */
export function usernameProblem(username: string): FieldProblem | null {
  const key = foldText(username)
  const field = 'username'
  if (key.includes('@')) return { field, zh: '不能包含 @', en: 'must not contain @' }
  if (key.startsWith(DELETED_PREFIX)) {
    return {
      field,
      zh: `不能以 ${DELETED_PREFIX} 开头`,
      en: `must not begin with ${DELETED_PREFIX}`,
    }
  }
  if (key === '' || key.length > MAX_KEY_LENGTH) {
    return { field, zh: '长度不合要求', en: 'is too short or too long' }
  }
  return null
}

/** OWASP ASVS 5.0 §6.2: no composition rules, but not what everybody tries first. */
export function passwordProblem(
  password: string,
  account: { readonly username: string; readonly email: string },
  field = 'password',
): FieldProblem | null {
  const folded = foldText(password)
  if (COMMON_PASSWORDS.has(folded) || new Set(folded).size === 1) return tooCommon(field)
  if (folded === foldText(account.username) || folded === foldText(account.email)) {
    return {
      field,
      zh: '不能与用户名或邮箱相同',
      en: 'must differ from the username and the e-mail',
    }
  }
  return null
}

export function tooCommon(field: string): FieldProblem {
  return { field, zh: '太常见，容易被猜到，请换一个', en: 'is too common; choose another one' }
}

function isBelow(role: Role, other: Role): boolean {
  return !atLeast(role, other)
}

/** The digits of what looks like a phone number; empty for everything else. */
export function phoneDigits(text: string): string {
  return /^[0-9+() -]*$/.test(text) ? text.replaceAll(/[^0-9]/g, '') : ''
}
