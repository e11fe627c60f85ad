// Draws the installed shop's icons from web/public/icon.svg: `node scripts/icons.ts`, whenever the drawing changes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from './chromium.ts'

const folder = join(import.meta.dirname, '../web/public')
const drawing = readFileSync(join(folder, 'icon.svg'), 'utf8')
/** Phones cut these to their own shape: the drawing keeps to the inner four fifths. */
const background = /<rect[^>]*fill="([^"]+)"/.exec(drawing)?.[1] ?? '#fff'

const icons = [
  { name: 'icon-192', size: 192, filled: false },
  { name: 'icon-512', size: 512, filled: false },
  { name: 'icon-maskable-512', size: 512, filled: true },
  { name: 'apple-touch-icon', size: 180, filled: true },
] as const

const executablePath = findChromium()
if (!executablePath) throw new Error('Chromium is missing')
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  for (const icon of icons) await draw(icon)
} finally {
  await browser.close()
}

async function draw({ name, size, filled }: (typeof icons)[number]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const inner = filled ? Math.round(size * 0.8) : size
  const place = `display:grid;place-items:center;height:100vh;margin:0;${filled ? `background:${background}` : ''}`
  const sized = drawing.replace('<svg ', `<svg width="${inner}" height="${inner}" `)
  await page.setContent(`<body style="${place}">${sized}</body>`)
  await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: !filled })
  await page.close()
  console.log(`web/public/${name}.png`)
}
