// Owns what is refused of webhooks.
import { defineError } from '../../lib/errors.ts'

export const urlRefused = defineError('WEBHOOK_URL', 400, {
  zh: 'url：必须是 https 开头的公网地址，不能带密码或 # 部分。',
  en: 'url: {problem}.',
})
export const tooManyWebhooks = defineError('TOO_MANY_WEBHOOKS', 409, {
  zh: '最多 {most} 个 Webhook，请先删除不用的。',
  en: 'There may be {most} webhooks at most; delete one that nobody needs.',
})
