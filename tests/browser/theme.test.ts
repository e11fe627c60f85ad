// Shows the theme: the system's unless one was chosen, there before the first paint, kept on the device, everywhere.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import { useBrowserShop } from './support/browser-shop.ts'
import { shows } from './support/expect-page.ts'

const shop = useBrowserShop()

const background = (page: Page) =>
  page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
const light = 'rgb(250, 246, 240)'
const dark = 'rgb(23, 20, 17)'

test('a page is as the system until somebody chooses; the choice outlives a reload', async () => {
  const page = await shop.visit({ on: 'phone' })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/')
  await shows(page.getByRole('heading', { level: 1 }))
  expect(await background(page)).toBe(dark)
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(() => background(page)).toBe(light)

  await page.getByRole('button', { name: /外观：跟随系统/ }).click()
  await page.getByRole('button', { name: /外观：浅色/ }).click()
  await shows(page.getByRole('button', { name: /外观：深色/ }))
  expect(await background(page)).toBe(dark)
  const bar = page.locator('meta[name="theme-color"]')
  expect(await bar.getAttribute('content')).toBe('#171411')
  await page.reload()
  await shows(page.getByRole('button', { name: /外观：深色/ }))
  expect(await background(page)).toBe(dark)
})

test('the chosen theme is there before anything else of the page runs', async () => {
  const page = await shop.visit()
  await page.addInitScript(`localStorage.setItem('petshop.theme', 'dark')`)
  // The application itself never arrives: only what stands before it can have set the theme.
  await page.route('**/assets/*.js', (route) => route.abort())
  await page.goto('/', { waitUntil: 'commit' })
  await expect.poll(() => background(page)).toBe(dark)
})

test('log-in and office are dark too, and the office changes without a reload', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.addInitScript(
    `localStorage.getItem('petshop.theme') ?? localStorage.setItem('petshop.theme', 'dark')`,
  )
  await page.goto('/office/sales')
  const header = page.getByRole('banner')
  await shows(header)
  const colour = () =>
    page.evaluate<string>(`getComputedStyle(document.querySelector('header')).backgroundColor`)
  expect(await colour()).toBe('rgb(32, 28, 24)')
  await page.getByRole('button', { name: /外观：深色/ }).click()
  await page.getByRole('button', { name: /外观：跟随系统/ }).click()
  await expect.poll(colour).toBe('rgb(255, 253, 250)')

  const guest = await shop.visit()
  await guest.addInitScript(`localStorage.setItem('petshop.theme', 'dark')`)
  await guest.goto('/login')
  await shows(guest.getByRole('button', { name: '登录', exact: true }))
  expect(await background(guest)).toBe(dark)
})

test('the shop’s own colour is there before anything is drawn, readable in both themes, in the office too', async () => {
  const owner = await shop.visit({ as: 'owner' })
  await owner.goto('/office/settings')
  const primary = (page: Page) =>
    page.evaluate<string>(
      `getComputedStyle(document.documentElement).getPropertyValue('--color-primary')`,
    )
  expect(await primary(owner)).toBe('#1d6b57')
  await owner.getByRole('button', { name: '莓红' }).click()
  await owner.getByRole('button', { name: '保存', exact: true }).click()
  await expect.poll(() => primary(owner)).toBe('#8a1f5c')
  await owner.getByLabel('店铺名称').fill('莓果宠物')
  const fill = () =>
    owner.evaluate<string>(
      `getComputedStyle(document.querySelector('button[type="submit"]')).backgroundColor`,
    )
  await expect.poll(fill).toBe('rgb(138, 31, 92)')

  const guest = await shop.visit()
  // Each colour that the page has had since its first paint with something on it.
  await guest.addInitScript(`
    window.seen = new Set()
    const look = () => {
      const heading = document.querySelector('main')
      if (heading) seen.add(getComputedStyle(document.documentElement).getPropertyValue('--color-primary'))
      requestAnimationFrame(look)
    }
    look()`)
  await guest.goto('/')
  await shows(guest.getByRole('article'))
  expect(await guest.evaluate<string[]>('[...seen]')).toEqual(['#8a1f5c'])
  await guest.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => primary(guest)).not.toBe('#8a1f5c')
  expect(await primary(guest)).toMatch(/^#[ef]/)

  // Without the server's answer it is the one of the last visit.
  await guest.emulateMedia({ colorScheme: 'light' })
  await guest.route('**/api/shop', (route) => route.abort())
  await guest.goto('/')
  await expect.poll(() => primary(guest)).toBe('#8a1f5c')
})
