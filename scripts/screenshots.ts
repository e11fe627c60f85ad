// Owns the documentation's pictures: taken from a demo shop of its own, so that they show the program as it is.
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { findChromium } from './chromium.ts'
import { start, stopAll } from './processes.ts'

interface Picture {
  readonly name: string
  readonly path: string
  readonly user: string | null
  readonly language: 'zh-CN' | 'en'
  readonly size: { readonly width: number; readonly height: number }
}

const phone = { width: 390, height: 844 }
const desktop = { width: 1280, height: 800 }
const password = 'for-the-pictures'

const pictures: readonly Picture[] = [
  { name: 'shop-phone-zh', path: '/', user: null, language: 'zh-CN', size: phone },
  { name: 'order-phone-zh', path: '/orders', user: 'customer1', language: 'zh-CN', size: phone },
  { name: 'shop-desktop-en', path: '/', user: null, language: 'en', size: desktop },
  { name: 'board-desktop-zh', path: '/office', user: 'manager', language: 'zh-CN', size: desktop },
  {
    name: 'stock-desktop-zh',
    path: '/office/stock',
    user: 'manager',
    language: 'zh-CN',
    size: desktop,
  },
  { name: 'board-desktop-en', path: '/office', user: 'clerk1', language: 'en', size: desktop },
  {
    name: 'import-desktop-zh',
    path: '/office/stock/import',
    user: 'manager',
    language: 'zh-CN',
    size: desktop,
  },
  {
    name: 'sales-desktop-en',
    path: '/office/sales',
    user: 'manager',
    language: 'en',
    size: desktop,
  },
  {
    name: 'system-desktop-en',
    path: '/office/system',
    user: 'owner',
    language: 'en',
    size: desktop,
  },
]

const folder = join(import.meta.dirname, '../docs/pictures')
const dataDir = mkdtempSync(join(tmpdir(), 'petshop-pictures-'))
const url = await openDemo()
const executablePath = findChromium()
if (!executablePath) throw new Error('Chromium is missing')
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
})
mkdirSync(folder, { recursive: true })
try {
  for (const picture of pictures) await take(browser, picture)
} finally {
  await browser.close()
  await stopAll()
  rmSync(dataDir, { recursive: true, force: true })
}

async function openDemo(): Promise<string> {
  const child = start(process.execPath, ['src/main.ts', 'demo'], {
    env: {
      ...process.env,
      PETSHOP_PORT: '0',
      PETSHOP_DATA_DIR: dataDir,
      PETSHOP_DEMO_PASSWORD: password,
    },
  })
  let output = ''
  for (;;) {
    const [text] = (await once(child.stdout ?? child, 'data')) as [string]
    output += String(text)
    const found = /Petshop is open: (\S+)/.exec(output)?.[1]
    if (found) return found
  }
}

async function take(
  browser: Browser,
  { name, path, user, language, size }: Picture,
): Promise<void> {
  const context = await browser.newContext({ viewport: size, locale: language, baseURL: url })
  // As if somebody had chosen it before: a new page speaks the shop's first language.
  await context.addInitScript(`localStorage.setItem('petshop.language', '${language}')`)
  const page = await context.newPage()
  if (user !== null) {
    const data = { username: user, password, cookie: true }
    await page.request.post('/api/login', { data, headers: { origin: url } })
  }
  await page.goto(path)
  await page.getByRole('heading').first().waitFor()
  // Live pages never fall silent: what is asked for at the start has come by then.
  await page.waitForTimeout(1500)
  await page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 70 })
  console.log(`docs/pictures/${name}.jpg`)
  await context.close()
}
