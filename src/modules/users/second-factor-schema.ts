// Owns the wire types of the second factor and of a forgotten password.
import Type from 'typebox'
import { named, nullable, strict, Timestamp } from '../../lib/wire.ts'

/** Six digits from an app, or a recovery code; blanks and dashes as people type them. */
export const Code = Type.String({ minLength: 6, maxLength: 60, pattern: '^[0-9A-Za-z \\-]*$' })
const OldPassword = Type.String({ minLength: 1, maxLength: 128 })

export const SecondFactor = named(
  'SecondFactor',
  Type.Object({
    on: Type.Boolean(),
    since: nullable(Timestamp),
    recovery_codes_left: Type.Integer(),
    /** The shop's setting: staff without it may do only what customers may. */
    required_of_staff: Type.Boolean(),
  }),
)

export const Enrolment = named(
  'Enrolment',
  Type.Object({
    /** Base32. */
    secret: Type.String(),
    /** `otpauth://…`, for a QR code. */
    uri: Type.String(),
  }),
)

export const RecoveryCodes = named(
  'RecoveryCodes',
  Type.Object({ recovery_codes: Type.Array(Type.String()) }),
)

export const PasswordProof = named(
  'PasswordProof',
  Type.Object({ current_password: OldPassword }, strict),
)

export const SecondFactorCode = named('SecondFactorCode', Type.Object({ code: Code }, strict))

export const PasswordAndCode = named(
  'PasswordAndCode',
  Type.Object({ current_password: OldPassword, code: Code }, strict),
)

export const ResetRequest = named(
  'ResetRequest',
  Type.Object(
    {
      /** Username or e-mail. */
      username: Type.String({ minLength: 1, maxLength: 254 }),
    },
    strict,
  ),
)

export const PasswordReset = named(
  'PasswordReset',
  Type.Object(
    {
      /** What stands behind the # of the mail's link. */
      token: Type.String({ minLength: 1, maxLength: 100 }),
      new_password: Type.String({ minLength: 8, maxLength: 128 }),
    },
    strict,
  ),
)
