// Owns where the browser tests find Chromium, and its installation on a machine that lacks it.
import { existsSync } from 'node:fs'

import { run } from './processes.ts'

const packages = ['chromium', 'fonts-noto-cjk'] // the second draws Chinese text
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The browser's program: `CHROMIUM_PATH`, or where systems usually keep it. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH } = process.env
  return [...(CHROMIUM_PATH ? [CHROMIUM_PATH] : []), ...places].find((path) => existsSync(path))
}

/** Installs Chromium when it is missing and we may. Returns why it is missing, or nothing. */
export async function ensureChromium(): Promise<string | undefined> {
  if (findChromium()) return
  const byHand = `apt-get install -y ${packages.join(' ')}`
  if (!existsSync('/usr/bin/apt-get')) {
    return 'Chromium is missing: install it, or set CHROMIUM_PATH to its program'
  }
  if (process.getuid?.() !== 0) return `Chromium is missing: run as root: ${byHand}`

  console.log('Installing Chromium for the browser tests (once) …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', ...packages]]) {
    const { code, output } = await run('apt-get', args, { env })
    if (code !== 0) return `Chromium is missing and ${byHand} failed: ${lastLine(output)}`
  }
  return findChromium() ? undefined : `Chromium is missing even after ${byHand}`
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? ''
}
