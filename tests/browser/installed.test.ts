// Shows the installed shop: its first view asks for nothing twice, it can be installed, says when it is offline, keeps no answer of the API, and takes new versions.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import { useBrowserShop } from './support/browser-shop.ts'
import { shows } from './support/expect-page.ts'

const shop = useBrowserShop()

const workerIsActive = (page: Page) =>
  page.evaluate<boolean>(
    `navigator.serviceWorker.ready.then(
      ({ active }) => active !== null && navigator.serviceWorker.controller !== null,
    )`,
  )

test('the browser finds nothing that keeps the shop from being installed', async () => {
  const page = await shop.visit({ on: 'phone' })
  await page.goto('/')
  await expect.poll(() => workerIsActive(page)).toBe(true)
  const session = await page.context().newCDPSession(page)
  const { errors } = await session.send('Page.getAppManifest')
  expect(errors).toEqual([])
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  // A test's window is a private one: that alone is said.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito'])
  for (const name of ['icon-192.png', 'icon-512.png', 'icon-maskable-512.png']) {
    const { status, type } = await page.evaluate(async (path) => {
      const answer = await fetch(path)
      return { status: answer.status, type: answer.headers.get('content-type') }
    }, `/${name}`)
    expect([name, status, type]).toEqual([name, 200, 'image/png'])
  }
})

test.each([
  ['/', ['/api/inventory', '/api/inventory/categories', '/api/session', '/api/shop']],
  ['/products/1', ['/api/inventory', '/api/inventory/1', '/api/session', '/api/shop']],
])(
  'what %s shows is asked for before the page’s own scripts run, and only once',
  async (path, asked) => {
    const page = await shop.visit({ on: 'phone' })
    const seen: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith('/api/')) seen.push(pathname)
    })
    // The scripts never come: what is asked for now, the page's first lines asked for.
    await page.route(/\/assets\/.*\.js$/, (route) => route.abort())
    await page.goto(path)
    const early = asked.filter((each) => path === '/' || each !== '/api/inventory')
    await expect.poll(() => seen.toSorted()).toEqual(early)

    await page.unroute(/\/assets\/.*\.js$/)
    seen.length = 0
    await page.goto(path)
    await shows(page.getByRole('article').first())
    await expect.poll(() => seen.toSorted()).toEqual(asked)
  },
)

test('without a network it says so, and goes on by itself afterwards; no answer of the API is kept', async () => {
  const page = await shop.visit({ as: 'customer1', on: 'phone' })
  await page.goto('/orders')
  await expect.poll(() => workerIsActive(page)).toBe(true)
  await shows(page.getByRole('heading', { name: '我的订单' }))
  await page.goto('/products/1')
  await shows(page.getByRole('heading', { level: 1 }))
  const kept = await page.evaluate<string[]>(
    `caches.keys()
      .then((names) => Promise.all(names.map((name) => caches.open(name))))
      .then((open) => Promise.all(open.map((cache) => cache.keys())))
      .then((requests) => requests.flat().map(({ url }) => new URL(url).pathname))`,
  )
  expect(kept.sort()).toEqual(['/icon.svg', '/offline.html'])

  await page.context().setOffline(true)
  await page.goto('/orders')
  await shows(page.getByRole('heading', { name: '现在没有网络' }))
  await page.context().setOffline(false)
  await page.getByRole('link', { name: /重试/ }).click()
  await shows(page.getByRole('heading', { name: '我的订单' }))
})

test('a worker that takes over throws away what older ones kept', async () => {
  const page = await shop.visit()
  await page.goto('/')
  await expect.poll(() => workerIsActive(page)).toBe(true)
  const names = () => page.evaluate<string[]>('caches.keys()')
  const [current = ''] = await names()
  expect(current).toMatch(/^offline-[0-9a-f]{12}$/)
  // As an older version has left the browser.
  await page.evaluate(
    `navigator.serviceWorker.ready
      .then((registration) => registration.unregister())
      .then(() => caches.delete('${current}'))
      .then(() => caches.open('offline-older'))
      .then(() => null)`,
  )
  expect(await names()).toEqual(['offline-older'])
  await page.goto('/cart')
  await expect.poll(names).toEqual([current])
})
