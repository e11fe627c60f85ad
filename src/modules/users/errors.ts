// Owns what can go wrong with accounts and log-ins, in words for people; no answer tells which accounts exist.
import { type AppError, defineError } from '../../lib/errors.ts'
import type { FieldProblem } from './rules.ts'

const invalidField = defineError('VALIDATION', 400, {
  zh: '{field}：{problem_zh}',
  en: '{field}: {problem_en}',
})

/** The same answer as for a field that breaks its schema. */
export function refuseField({ field, zh, en }: FieldProblem): AppError {
  return invalidField({
    params: { field, problem_zh: zh, problem_en: en },
    details: [{ field, problem: en }],
  })
}

const usernameTakenError = defineError('USERNAME_TAKEN', 409, {
  zh: 'username：这个用户名已被使用，请换一个。',
  en: 'username: this name is taken; choose another one.',
})
const emailTakenError = defineError('EMAIL_TAKEN', 409, {
  zh: 'email：这个邮箱已被使用。',
  en: 'email: this address is in use already.',
})

export const usernameTaken = () =>
  usernameTakenError({ details: [{ field: 'username', problem: 'is taken' }] })
export const emailTaken = () =>
  emailTakenError({ details: [{ field: 'email', problem: 'is in use already' }] })

export const loginFailed = defineError('LOGIN_FAILED', 401, {
  zh: '用户名或密码不对。',
  en: 'The username or the password is wrong.',
})
/** Only who knows the password is told. */
export const accountDisabled = defineError('ACCOUNT_DISABLED', 403, {
  zh: '这个账号已被停用，请联系店家。',
  en: 'This account is disabled; please ask the shop.',
})
const wrongPasswordError = defineError('PASSWORD_WRONG', 403, {
  zh: 'current_password：当前密码不对。',
  en: 'current_password: this is not your current password.',
})
export const wrongPassword = () =>
  wrongPasswordError({ details: [{ field: 'current_password', problem: 'is wrong' }] })

export const tooManyFailures = defineError('TOO_MANY_FAILURES', 429, {
  zh: '失败次数太多，请等 {seconds} 秒后再试。',
  en: 'Too many failures; try again in {seconds} seconds.',
})
export const tooManyResets = defineError('TOO_MANY_RESETS', 429, {
  zh: '操作太频繁，请等 {seconds} 秒后再试。',
  en: 'Too many tries; try again in {seconds} seconds.',
})
export const mailOff = defineError('MAIL_OFF', 409, {
  zh: '本店没有开通邮件，请联系店家重设密码。',
  en: 'This shop sends no mail; please ask the shop for a new password.',
})
/** Unknown, used, too old: which of them is nobody's business. */
export const resetLinkWrong = defineError('RESET_LINK_WRONG', 403, {
  zh: '链接已失效，请重新申请。',
  en: 'This link no longer works; please ask for another one.',
})
/** Only who knows the password is told. */
export const secondFactorNeeded = defineError('SECOND_FACTOR_NEEDED', 401, {
  zh: '请输入验证器应用里的验证码。',
  en: 'Please enter the code from your authenticator app.',
})
const wrongCodeError = defineError('SECOND_FACTOR_WRONG', 401, {
  zh: 'code：验证码不对，或已经用过。请等下一个验证码。',
  en: 'code: this code is wrong or was used already. Wait for the next one.',
})
export const wrongCode = () =>
  wrongCodeError({ details: [{ field: 'code', problem: 'is wrong or was used already' }] })
/** The same of somebody who is logged in already: they stay so. */
const refusedCodeError = defineError('CODE_WRONG', 403, {
  zh: 'code：验证码不对，或已经用过。请等下一个验证码。',
  en: 'code: this code is wrong or was used already. Wait for the next one.',
})
export const refusedCode = () =>
  refusedCodeError({ details: [{ field: 'code', problem: 'is wrong or was used already' }] })
export const secondFactorOn = defineError('SECOND_FACTOR_ON', 409, {
  zh: '两步验证已经开启。',
  en: 'Two-step login is on already.',
})
export const secondFactorOff = defineError('SECOND_FACTOR_OFF', 409, {
  zh: '两步验证没有开启。',
  en: 'Two-step login is not on.',
})
export const ownSecondFactor = defineError('OWN_SECOND_FACTOR', 403, {
  zh: '自己的两步验证请在“我的账号”里关闭，需要填写密码和验证码。',
  en: 'Turn off your own two-step login on your account page; it asks for the password and a code.',
})
/** The key was changed or lost: nobody's code can be checked, only recovery codes. */
export const secondFactorUnreadable = defineError('SECOND_FACTOR_UNREADABLE', 503, {
  zh: '暂时无法核对验证码，请使用恢复码，或联系店主。',
  en: 'Codes cannot be checked at present; use a recovery code, or ask the owner.',
})
export const tooManyRegistrations = defineError('TOO_MANY_REGISTRATIONS', 429, {
  zh: '注册太频繁，请等 {seconds} 秒后再试。',
  en: 'Too many registrations; try again in {seconds} seconds.',
})
/** Whoever finds a screen unlocked must not be able to lock its owner out. */
export const ownPassword = defineError('OWN_PASSWORD', 403, {
  zh: '自己的密码请在“我的账号”里修改，需要填写当前密码（PUT /api/me/password）。',
  en: 'Change your own password on your account page; it asks for the current one (PUT /api/me/password).',
})
export const ownEmail = defineError('OWN_EMAIL', 403, {
  zh: '自己的邮箱请在“我的账号”里修改，需要填写当前密码（PATCH /api/me）。',
  en: 'Change your own e-mail on your account page; it asks for your password (PATCH /api/me).',
})
/** Another site's page must not log a visitor in as somebody else. */
export const cookieNeedsOrigin = defineError('CROSS_SITE', 403, {
  zh: '来自其他网站的登录请求被拒绝。',
  en: 'Logging in with a cookie from another site is refused.',
})
export const lastOwner = defineError('LAST_OWNER', 409, {
  zh: '这是最后一位店主，不能停用、降级或删除。',
  en: 'This is the last owner: the account cannot be disabled, demoted or deleted.',
})
