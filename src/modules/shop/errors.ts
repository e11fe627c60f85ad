// Owns what can go wrong with the shop's settings and its first run, in words for people.
import { defineError } from '../../lib/errors.ts'

export const currencyFixed = defineError('CURRENCY_FIXED', 409, {
  zh: 'currency：已有订单，不能再更改货币。',
  en: 'currency: there are orders already, so it can no longer be changed.',
})
export const setupCodeWrong = defineError('SETUP_CODE_WRONG', 403, {
  zh: 'code：启动码不对。请看服务器终端里显示的代码。',
  en: "code: this is not the one-time code. It is shown in the server's terminal.",
})
export const setupDone = defineError('SETUP_DONE', 409, {
  zh: '店铺已经设置好了，请直接登录。',
  en: 'The shop has been set up already; please log in.',
})
