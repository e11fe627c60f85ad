// Owns measuring how a long table scrolls: frames and their lengths while the list of products is gone through in a
// running shop. `node scripts/measure-tables.ts http://localhost:8080 USERNAME PASSWORD [ROWS]`
import { launchChromium } from '../tests/support/chromium.ts'

const [origin = '', username = '', password = '', wanted = '10000'] = process.argv.slice(2)
if (!origin || !username || !password) {
  console.error('usage: node scripts/measure-tables.ts ADDRESS USERNAME PASSWORD [ROWS]')
  process.exit(64)
}

/** 10 s at 6,000 pixels a second, as fast as a thumb goes; the length of each frame. Runs in the page. */
const SCROLLING = `new Promise((resolve) => {
  const lengths = []
  let most = 0
  const begin = performance.now()
  let last = begin
  const tick = (now) => {
    lengths.push(now - last)
    most = Math.max(most, document.querySelectorAll('tr[data-index]').length)
    scrollBy(0, ((now - last) * 6000) / 1000)
    last = now
    if (now - begin < 10000) return requestAnimationFrame(tick)
    const sorted = lengths.toSorted((a, b) => a - b)
    const at = (part) => sorted[Math.floor(sorted.length * part)].toFixed(1)
    const slow = lengths.filter((length) => length > 50).length
    resolve(lengths.length + ' frames in 10 s; p50 ' + at(0.5) + ' ms, p95 ' + at(0.95) + ' ms, p99 ' +
      at(0.99) + ' ms, longest ' + at(0.9999) + ' ms; ' + slow + ' longer than 50 ms; at most ' +
      most + ' rows drawn')
  }
  requestAnimationFrame(tick)
})`

/** Without a further row, that many looks mean the end: 10 s. */
const MOST_LOOKS = 200

const browser = await launchChromium()
try {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1440, height: 900 },
  })
  const data = { username, password, cookie: true }
  const answer = await context.request.post('/api/login', { data, headers: { origin } })
  if (!answer.ok()) throw new Error(await answer.text())
  const page = await context.newPage()
  await page.goto('/office/stock')
  await page.locator('tr[data-index]').first().waitFor()

  // All rows first, so that only drawing is measured.
  const rows = () =>
    page.evaluate<number>(
      `Number(document.querySelector('table[aria-rowcount]').getAttribute('aria-rowcount')) - 1`,
    )
  let loaded = await rows()
  for (let looks = 0; loaded < Number(wanted) && looks < MOST_LOOKS; looks++) {
    // To the end of what there is so far.
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    await page.waitForTimeout(50)
    const now = await rows()
    if (now > loaded) looks = 0
    loaded = now
  }
  await page.evaluate('scrollTo(0, 0)')
  await page.waitForTimeout(1000)
  console.log(`${loaded} rows`)
  console.log(await page.evaluate<string>(SCROLLING))
} finally {
  await browser.close()
}
