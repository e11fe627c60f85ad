// Owns the wire types of accounts, sessions and roles, and the events about people.
import Type, { type Static } from 'typebox'
import { defineEvent } from '../../lib/events.ts'
import { ROLES } from '../../lib/roles.ts'
import { Id, named, nullable, oneOf, Page, strict, Timestamp } from '../../lib/wire.ts'
import { Code } from './second-factor-schema.ts'

/** Nothing invisible: no blanks around it, no control or formatting characters, one line. */
const Username = Type.String({
  minLength: 1,
  maxLength: 60,
  pattern: '^[^\\s\\p{C}]([^\\p{C}\\p{Zl}\\p{Zp}]*[^\\s\\p{C}])?$',
})
const Email = Type.String({ format: 'email', minLength: 3, maxLength: 254 })
/** OWASP ASVS 5.0 §6.2: 8 characters at least, up to 128, any character, no composition rules. */
const Password = Type.String({ minLength: 8, maxLength: 128 })
const DisplayName = Type.String({ maxLength: 60, pattern: '^[^\\p{Cc}\\p{Cs}]*$' })
const Phone = Type.String({ maxLength: 30, pattern: '^[0-9+() -]*$' })
/** Something visible, on one line: it is printed on labels. */
const oneLine = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]*$' })

export const User = named(
  'User',
  Type.Object({
    user_id: Id,
    username: Type.String(),
    /** Empty: they gave none. */
    email: Type.String(),
    display_name: Type.String(),
    phone: Type.String(),
    role: oneOf(ROLES),
    active: Type.Boolean(),
    /** Logging in asks for a code. */
    second_factor: Type.Boolean(),
    created_at: Timestamp,
  }),
)
export type User = Static<typeof User>

export const CurrentUser = named(
  'CurrentUser',
  Type.Object({
    ...User.properties,
    /** Of staff who must set up two-step login before they may do more than customers. */
    lacks_second_factor: Type.Optional(Type.Boolean()),
  }),
)
export type CurrentUser = Static<typeof CurrentUser>

export const RegisterBody = named(
  'RegisterBody',
  Type.Object(
    {
      username: Username,
      /** Customers may do without one. */
      email: Type.Optional(Email),
      password: Password,
      display_name: Type.Optional(DisplayName),
      phone: Type.Optional(Phone),
    },
    strict,
  ),
)

export const LoginBody = named(
  'LoginBody',
  Type.Object(
    {
      username: Type.String({ minLength: 1, maxLength: 254 }),
      password: Type.String({ minLength: 1, maxLength: 128 }),
      /** From the authenticator app, or a recovery code; of accounts with two-step login. */
      code: Type.Optional(Code),
      /** Browsers ask for a cookie: the token is then set as an HttpOnly cookie and not in the body. */
      cookie: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
)

/** The requirement fixes `status` and `token`; with `cookie: true` the token is left out. */
export const LoginAnswer = named(
  'LoginAnswer',
  Type.Object({
    status: Type.Literal('success'),
    token: Type.Optional(Type.String()),
    user_id: Id,
    role: oneOf(ROLES),
    expires_at: Timestamp,
  }),
)

export const ProfilePatch = named(
  'ProfilePatch',
  Type.Object(
    {
      email: Type.Optional(Email),
      /** With another e-mail: who may read it can get into the account. */
      current_password: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      display_name: Type.Optional(DisplayName),
      phone: Type.Optional(Phone),
    },
    { ...strict, minProperties: 1 },
  ),
)

export const PasswordChange = named(
  'PasswordChange',
  Type.Object(
    { current_password: Type.String({ minLength: 1, maxLength: 128 }), new_password: Password },
    strict,
  ),
)

/** A password for somebody else: who may set it need not know the old one. */
export const NewPassword = named('NewPassword', Type.Object({ new_password: Password }, strict))

export const NewUser = named(
  'NewUser',
  Type.Object(
    {
      username: Username,
      email: Email,
      password: Password,
      role: oneOf(ROLES),
      display_name: Type.Optional(DisplayName),
      phone: Type.Optional(Phone),
    },
    strict,
  ),
)

export const UserPatch = named(
  'UserPatch',
  Type.Object(
    {
      email: Type.Optional(Email),
      display_name: Type.Optional(DisplayName),
      phone: Type.Optional(Phone),
      role: Type.Optional(oneOf(ROLES)),
      active: Type.Optional(Type.Boolean()),
    },
    { ...strict, minProperties: 1 },
  ),
)

export const UserQuery = Type.Object(
  {
    ...Page,
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    role: Type.Optional(oneOf(ROLES)),
    /** Only those who can log in, or only those who are disabled. */
    active: Type.Optional(Type.Boolean()),
  },
  strict,
)
export type UserQuery = Static<typeof UserQuery>

const addressFields = {
  recipient: oneLine(60),
  phone: Type.String({ minLength: 1, maxLength: 30, pattern: '^[0-9+() -]*$' }),
  /** Province, city and district. */
  region: oneLine(100),
  /** Street, house, door. */
  detail: oneLine(300),
}

export const Address = named(
  'Address',
  Type.Object({ address_id: Id, ...addressFields, is_default: Type.Boolean() }),
)
export type Address = Static<typeof Address>

export const NewAddress = named(
  'NewAddress',
  Type.Object({ ...addressFields, is_default: Type.Optional(Type.Boolean()) }, strict),
)
export type NewAddress = Static<typeof NewAddress>

export const AddressPatch = named(
  'AddressPatch',
  Type.Partial(Type.Object({ ...addressFields, is_default: Type.Boolean() }), {
    ...strict,
    minProperties: 1,
  }),
)
export type AddressPatch = Static<typeof AddressPatch>

export const Session = named(
  'Session',
  Type.Object({
    session_id: Id,
    current: Type.Boolean(),
    user_agent: Type.String(),
    address: Type.String(),
    created_at: Timestamp,
    last_seen_at: Timestamp,
    expires_at: Timestamp,
  }),
)
export type Session = Static<typeof Session>

export const SignedInFromNewDevice = defineEvent(
  'user.signed_in_from_new_device',
  'notifications',
  1,
  Type.Object({ user_id: Id, user_agent: Type.String(), address: Type.String() }),
)

export const RoleChanged = defineEvent(
  'user.role_changed',
  'notifications',
  1,
  Type.Object({
    user_id: Id,
    from: oneOf(ROLES),
    to: oneOf(ROLES),
    changed_by: nullable(Id),
  }),
)
