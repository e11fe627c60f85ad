// Owns the browser that tests drive: the system's Chromium, one for each test file.
import { type Browser, chromium } from 'playwright-core'

import { findChromium } from '../../scripts/chromium.ts'

/** Starts Chromium; close it when done. Throws when the machine has none. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('Chromium is missing')
  return chromium.launch({
    executablePath,
    // Containers run as root and with a small /dev/shm: Chromium's own sandbox needs neither there.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
}
