// Shows the ways into an account: two-step login from the QR code to the counter, and a new password by mail.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { codeAt, stepAt } from '../../src/modules/users/totp.ts'
import { startMailServer } from '../support/mail-server.ts'
import { seriousFindings } from './support/axe.ts'
import { DEMO_PASSWORD as PASSWORD, useBrowserShop } from './support/browser-shop.ts'
import { hides, isAt, shows } from './support/expect-page.ts'

const mail = await startMailServer()
afterAll(() => mail.stop())
const shop = useBrowserShop({
  demo: false,
  env: {
    PETSHOP_SMTP_HOST: '127.0.0.1',
    PETSHOP_SMTP_PORT: String(mail.port),
    PETSHOP_SMTP_TLS: 'none',
    PETSHOP_SMTP_FROM: 'shop@example.com',
    PETSHOP_PUBLIC_URL: 'https://shop.example.com',
  },
})

beforeAll(async () => {
  const owner = { username: 'owner', email: 'owner@example.com', password: PASSWORD }
  const place = { shop_name: '毛球', currency: 'CNY', time_zone: 'Asia/Shanghai' }
  const { token } = await post('/api/setup', { code: shop.server.setupCode, ...owner, ...place })
  for (const role of ['manager', 'clerk']) {
    const account = { username: role, email: `${role}@example.com`, password: PASSWORD, role }
    await post('/api/users', account, { authorization: `Bearer ${token}` })
  }
})

async function post(path: string, body: object, headers: Record<string, string> = {}) {
  const answer = await fetch(shop.server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(201)
  return (await answer.json()) as { readonly token?: string }
}

/** Each code counts once: every use takes the step after. */
let ahead = 0
const nextCode = (secret: string) => codeAt(secret, stepAt(Date.now()) + ahead++)

async function logIn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** Turns it on in the card that the page shows. @returns the secret and the recovery codes */
async function turnOn(page: Page): Promise<{ secret: string; codes: string[] }> {
  const card = page.getByRole('region', { name: '两步验证' })
  await card.getByLabel('当前密码').fill(PASSWORD)
  await card.getByRole('button', { name: '开启两步验证' }).click()
  await shows(card.getByRole('img', { name: '二维码' }))
  const secret = (await card.locator('code').innerText()).replaceAll(' ', '')
  expect(await seriousFindings(page)).toEqual([])
  ahead = 0
  await card.getByLabel('验证码').fill('000000')
  await card.getByRole('button', { name: '确认开启' }).click()
  await shows(card.getByText('验证码不对'))
  await card.getByLabel('验证码').fill(nextCode(secret))
  await card.getByRole('button', { name: '确认开启' }).click()
  await shows(card.getByRole('heading', { name: '恢复码' }))
  const codes = await card.getByRole('listitem').allInnerTexts()
  expect(codes).toHaveLength(10)
  await card.getByRole('button', { name: '我已保存好' }).click()
  return { secret, codes }
}

test('a clerk turns two-step login on with the phone, and gets to the counter with a code', async () => {
  const phone = await shop.visit({ as: 'clerk', on: 'phone' })
  await phone.goto('/account')
  const { secret, codes } = await turnOn(phone)
  await shows(phone.getByText('还剩 10 个恢复码'))

  const counter = await shop.visit()
  await counter.goto('/counter')
  await shows(counter.getByText('请用员工账号登录'))
  expect(await seriousFindings(counter)).toEqual([])
  await logIn(counter, 'clerk')
  await counter.getByLabel('验证码').fill(nextCode(secret))
  await counter.getByRole('button', { name: '登录', exact: true }).click()
  await isAt(counter, /^\/counter/)

  const other = await shop.visit({ on: 'phone' })
  await other.goto('/login')
  await logIn(other, 'clerk')
  await other.getByRole('button', { name: '使用恢复码' }).click()
  await other.getByLabel('恢复码').fill(codes[0] ?? '')
  await other.getByRole('button', { name: '登录', exact: true }).click()
  await isAt(other, /^\/office/)
  await other.goto('/account')
  const card = other.getByRole('region', { name: '两步验证' })
  await shows(card.getByText('还剩 9 个恢复码'))
  await card.getByRole('button', { name: '关闭两步验证' }).click()
  await card.getByLabel('当前密码').fill(PASSWORD)
  await card.getByLabel('验证码或恢复码').fill(codes[1] ?? '')
  await card.getByRole('button', { name: '关闭两步验证' }).click()
  await shows(card.getByText('开启后，登录时除了密码'))
})

test('when the owner requires it, a manager sets it up before the office opens; the owner resets it', async () => {
  const owner = await shop.visit({ as: 'owner' })
  await owner.goto('/account')
  await turnOn(owner)
  await owner.goto('/office/settings')
  await owner.getByRole('switch', { name: '员工登录需要两步验证' }).click()
  await owner.getByRole('button', { name: '保存' }).click()
  await shows(owner.getByText('设置已保存'))

  const manager = await shop.visit({ as: 'manager' })
  await manager.goto('/office')
  await shows(manager.getByRole('heading', { name: '请先开启两步验证' }))
  expect(await seriousFindings(manager)).toEqual([])
  await turnOn(manager)
  await shows(manager.getByRole('heading', { name: '今天' }))

  await owner.goto('/office/staff')
  await owner.getByRole('button', { name: 'manager' }).click()
  const drawer = owner.getByRole('dialog').last()
  await drawer.getByRole('button', { name: '重置两步验证' }).click()
  await owner
    .getByRole('dialog', { name: /两步验证？$/ })
    .getByRole('button', { name: '重置两步验证' })
    .click()
  await shows(owner.getByText('两步验证已关闭，所有设备均已退出登录'))
  await isAt(manager, /^\/login/)
  await owner.goto('/office/settings')
  await owner.getByRole('switch', { name: '员工登录需要两步验证' }).click()
  await owner.getByRole('button', { name: '保存' }).click()
  await shows(owner.getByText('设置已保存'))
})

test('a customer who forgot the password gets a link by mail, and a new password with it', async () => {
  const page = await shop.visit({ on: 'phone' })
  await page.goto('/register')
  await page.getByLabel('用户名').fill('wangle')
  await page.getByLabel('邮箱').fill('wangle@example.com')
  await page.getByLabel('密码').fill('the first password')
  await page.getByRole('button', { name: '注册', exact: true }).click()
  await isAt(page, '/')

  const guest = await shop.visit({ on: 'phone' })
  await guest.goto('/login')
  await guest.getByRole('link', { name: '忘记密码？' }).click()
  await guest.getByLabel('用户名或邮箱').fill('wangle')
  expect(await seriousFindings(guest)).toEqual([])
  await guest.getByRole('button', { name: '发送链接' }).click()
  await shows(guest.getByText('如果这个账号存在'))
  const link = () => linkIn(mail.mails.at(-1)?.text)
  await expect.poll(link).toBeDefined()
  await guest.goto(link() ?? '')
  await isAt(guest, '/reset-password')
  await expect.poll(() => new URL(guest.url()).hash).toBe('')
  await guest.getByLabel('新密码').fill('the second password')
  expect(await seriousFindings(guest)).toEqual([])
  await guest.getByRole('button', { name: '保存新密码' }).click()
  await isAt(guest, '/login')
  await logIn(guest, 'wangle', 'the second password')
  await isAt(guest, '/')
  await page.goto('/account')
  await isAt(page, /^\/login/)
  await guest.goto('/reset-password#broken')
  await shows(guest.getByText('链接不完整'))
  await hides(guest.getByLabel('新密码'))
})

/** The link's path on the shop under test. */
function linkIn(text = ''): string | undefined {
  return /https:\/\/shop\.example\.com(\/reset-password#[\w-]{43})/.exec(text)?.[1]
}
