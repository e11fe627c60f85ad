// Owns the shape of the tables of accounts.
import type { ColumnType, Generated } from 'kysely'

export interface UsersTable {
  user_id: number
  username: string
  /** `foldText(username)`: unique, so that case and width don't make another person. */
  username_key: string
  email: string
  email_key: string
  /** argon2id in PHC string form; empty when the account can't log in. */
  password: string
  display_name: string
  phone: string
  /** Folded username, display name, e-mail and phone, one a line, for searching. */
  search_text: string
  role: string
  active: number
  created_at: number
  updated_at: number
  deleted_at: number | null
  /** 1: logging in asks for a code. Empty before somebody first turned it on. */
  second_factor: ColumnType<number | null, number | null | undefined, number | null | undefined>
}

export interface RetiredUsernamesTable {
  /** SHA-256 of a deleted account's `username_key`, hex: never given out again, and no longer readable. */
  name_hash: string
  retired_at: number
}

export interface SessionsTable {
  session_id: Generated<number>
  /** SHA-256 of the token, hex: a stolen database opens no session. */
  token_hash: string
  user_id: number
  user_agent: string
  address: string
  created_at: number
  last_seen_at: number
  expires_at: number
}

export interface KnownDevicesTable {
  user_id: number
  device_key: string
  first_seen_at: number
}

export interface AddressesTable {
  address_id: Generated<number>
  user_id: number
  recipient: string
  phone: string
  /** Province, city and district. */
  region: string
  detail: string
  /** 1 for one of a person's addresses. */
  is_default: number
  created_at: number
  updated_at: number
}

/** A page's filters, as somebody wants to find them again. */
export interface SavedViewsTable {
  view_id: number
  user_id: number
  page: string
  /** Unique for the person and the page. */
  name: string
  /** JSON: the names and values of the filters. */
  filters: string
  created_at: number
  updated_at: number
}

/** Mails that wait, and those that were given up; what was sent is gone. */
export interface MailsTable {
  mail_id: Generated<number>
  kind: string
  user_id: number | null
  /** JSON: the facts the words are made of when it is sent. */
  data: string
  /** Null: the shop's own. */
  language: string | null
  /** `waiting` until it is given up, then `dead`. */
  state: string
  attempts: number
  next_attempt_at: number
  error: string
  created_at: number
  /** After this nobody needs it any more. */
  expires_at: number | null
}

export interface PasswordResetsTable {
  /** SHA-256 of the link's token, hex. */
  token_hash: string
  user_id: number
  /** The mail it went out with: another attempt of the same mail takes its place. */
  mail_id: number
  expires_at: number
}

export interface SecondFactorsTable {
  user_id: number
  /** Encrypted when the shop has a key for it. */
  secret: string
  /** The time step of the last code that was taken: each counts once. */
  last_step: number
  created_at: number
  /** Null while its owner hasn't shown a code yet. */
  confirmed_at: number | null
}

export interface RecoveryCodesTable {
  user_id: number
  /** SHA-256, hex. */
  code_hash: string
  used_at: number | null
}
