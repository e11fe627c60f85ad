// Takes pictures of all main pages, on a phone and a desktop, in both languages and themes, of a demo shop of its own:
// all into screenshots/, which nobody commits, and the documentation's into docs/pictures. `--only NAME` takes some.
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { findChromium } from './chromium.ts'
import { type DemoShop, openDemoShop } from './demo-shop.ts'
import { forDocs, pages, type PicturedPage, type Size } from './screenshot-pages.ts'

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } }
const languages = { zh: 'zh-CN', en: 'en' } as const
const themes = ['light', 'dark'] as const

interface Look {
  readonly size: Size
  readonly language: keyof typeof languages
  readonly theme: (typeof themes)[number]
}

const root = join(import.meta.dirname, '..')
const folder = join(root, 'screenshots')
const docs = join(root, 'docs/pictures')
const only = process.argv[2] === '--only' ? process.argv[3] : undefined
const executablePath = findChromium()
if (!executablePath) throw new Error('Chromium is missing')

const shop = await openDemoShop()
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
})
mkdirSync(folder, { recursive: true })
mkdirSync(docs, { recursive: true })
try {
  for (const look of looks()) await takeAll(browser, shop, look)
} finally {
  await browser.close()
  await shop.close()
}

function looks(): Look[] {
  const names = Object.keys(languages) as (keyof typeof languages)[]
  return (Object.keys(sizes) as Size[]).flatMap((size) =>
    names.flatMap((language) => themes.map((theme) => ({ size, language, theme }))),
  )
}

/** Each person has a browser profile of their own, logged in once. */
async function takeAll(browser: Browser, shop: DemoShop, look: Look): Promise<void> {
  const wanted = pages.filter(
    (page) =>
      (page.sizes ?? [look.size]).includes(look.size) &&
      (only === undefined || nameOf(page, look).includes(only)),
  )
  for (const [user, theirs] of Map.groupBy(wanted, (page) => page.user)) {
    const context = await openContext(browser, shop, look, user)
    for (const page of theirs) await take(context, page, nameOf(page, look))
    await context.close()
  }
}

function nameOf(page: PicturedPage, { size, language, theme }: Look): string {
  return `${page.name}-${size}-${language}-${theme}`
}

async function openContext(
  browser: Browser,
  { url, password }: DemoShop,
  { size, language, theme }: Look,
  user: string | undefined,
): Promise<BrowserContext> {
  const locale = languages[language]
  const context = await browser.newContext({ viewport: sizes[size], locale, baseURL: url })
  // As if somebody had chosen it before: a new page speaks the shop's first language.
  await context.addInitScript(
    `localStorage.setItem('petshop.language', '${locale}'); localStorage.setItem('petshop.theme', '${theme}')`,
  )
  if (user !== undefined) {
    const data = { username: user, password, cookie: true }
    await context.request.post('/api/login', { data, headers: { origin: url } })
  }
  return context
}

async function take(
  context: BrowserContext,
  { path, prepare }: PicturedPage,
  name: string,
): Promise<void> {
  const page = await context.newPage()
  try {
    await page.goto(path)
    await page.getByRole('heading').first().waitFor()
    await prepare?.(page)
    // Live pages never fall silent: what is asked for at the start has come by then.
    await page.waitForTimeout(1200)
    const file = join(folder, `${name}.jpg`)
    await page.screenshot({ path: file, type: 'jpeg', quality: 70 })
    const inDocs = forDocs[name]
    if (inDocs) copyFileSync(file, join(docs, `${inDocs}.jpg`))
    console.log(name)
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  } finally {
    await page.close()
  }
}
