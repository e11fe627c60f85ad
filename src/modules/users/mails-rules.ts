// Owns the words of the mails about accounts; none of them names a password or asks for one.

export type Language = 'zh' | 'en'

/** What somebody is told of their account by mail, so that they hear of it when it wasn't them. */
export type Notice =
  | 'password_changed'
  | 'email_changed'
  | 'second_factor_on'
  | 'second_factor_off'
  | 'recovery_code_used'

export interface Words {
  readonly subject: string
  readonly text: string
}

const NOTICE_TEXTS: Readonly<Record<Notice, Readonly<Record<Language, Words>>>> = {
  password_changed: {
    zh: { subject: '密码已修改', text: '您账号的密码刚刚被修改，其他设备已退出登录。' },
    en: {
      subject: 'Your password was changed',
      text: 'The password of your account has just been changed; other devices were logged out.',
    },
  },
  email_changed: {
    zh: { subject: '邮箱已更换', text: '您账号的邮箱刚刚被更换，此后的邮件会发到新邮箱。' },
    en: {
      subject: 'Your e-mail address was changed',
      text: 'The e-mail address of your account has just been changed; later mail goes to the new one.',
    },
  },
  second_factor_on: {
    zh: { subject: '已开启两步验证', text: '您的账号刚刚开启了两步验证，今后登录需要验证码。' },
    en: {
      subject: 'Two-step login was turned on',
      text: 'Two-step login has just been turned on for your account: logging in now asks for a code.',
    },
  },
  second_factor_off: {
    zh: { subject: '已关闭两步验证', text: '您账号的两步验证刚刚被关闭，今后登录只需要密码。' },
    en: {
      subject: 'Two-step login was turned off',
      text: 'Two-step login has just been turned off for your account: the password alone is enough now.',
    },
  },
  recovery_code_used: {
    zh: { subject: '使用了恢复码', text: '刚刚有人用一个恢复码登录了您的账号，这个恢复码已失效。' },
    en: {
      subject: 'A recovery code was used',
      text: 'Somebody has just logged in to your account with a recovery code; that code is used up.',
    },
  },
}

export interface NoticeFacts {
  readonly notice: Notice
  readonly username: string
  readonly shopName: string
  readonly publicUrl: string
}

export function noticeWords(facts: NoticeFacts, language: Language): Words {
  const { subject, text } = NOTICE_TEXTS[facts.notice][language]
  const { username, shopName, publicUrl } = facts
  if (language === 'zh') {
    const unless = `如果不是您本人操作，请马上到 ${publicUrl}/forgot-password 重设密码，并联系店家。`
    return {
      subject: titled(shopName, subject),
      text: letter(`${username}，您好：`, text, unless, shopName),
    }
  }
  const unless = `If this wasn't you, set a new password at once at ${publicUrl}/forgot-password and tell the shop.`
  return {
    subject: titled(shopName, subject),
    text: letter(`Hello ${username},`, text, unless, shopName),
  }
}

export interface ResetFacts {
  readonly username: string
  readonly link: string
  readonly minutes: number
  readonly shopName: string
}

export function resetWords({ username, link, minutes, shopName }: ResetFacts, language: Language) {
  if (language === 'zh') {
    const what = `请在 ${minutes} 分钟内打开下面的链接，设置新密码：\n\n${link}\n\n链接只能用一次。`
    const unless = '如果不是您本人要求的，不必理会这封邮件，密码不会改变。'
    return {
      subject: titled(shopName, '重设密码'),
      text: letter(`${username}，您好：`, what, unless, shopName),
    }
  }
  const what = `Open this link within ${minutes} minutes to set a new password:\n\n${link}\n\nIt works once.`
  const unless = "If you didn't ask for this, do nothing: your password stays as it is."
  return {
    subject: titled(shopName, 'Set a new password'),
    text: letter(`Hello ${username},`, what, unless, shopName),
  }
}

function titled(shopName: string, subject: string): string {
  return shopName === '' ? subject : `${shopName} · ${subject}`
}

function letter(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}
