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
export const tooManyRegistrations = defineError('TOO_MANY_REGISTRATIONS', 429, {
  zh: '注册太频繁，请等 {seconds} 秒后再试。',
  en: 'Too many registrations; try again in {seconds} seconds.',
})
/** Whoever finds a screen unlocked must not be able to lock its owner out. */
export const ownPassword = defineError('OWN_PASSWORD', 403, {
  zh: '自己的密码请在“我的账号”里修改，需要填写当前密码（PUT /api/me/password）。',
  en: 'Change your own password on your account page; it asks for the current one (PUT /api/me/password).',
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
