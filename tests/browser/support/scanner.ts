// Owns a scanner as the page sees one: real keys with their text, 5 ms apart by their own time, then Enter. The time is
// told with each key, so that a busy machine does not make a person of it.
import type { Page } from 'playwright-core'

const GAP_SECONDS = 0.005

export async function scan(page: Page, code: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const start = Date.now() / 1000
  const keys = [...[...code].map((key) => ({ key, text: key })), { key: 'Enter', text: '\r' }]
  for (const [i, { key, text }] of keys.entries()) {
    const timestamp = start + i * GAP_SECONDS
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text, timestamp })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, timestamp })
  }
  await session.detach()
}
