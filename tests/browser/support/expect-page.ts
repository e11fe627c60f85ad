// Owns waiting for what a page shows: each looks again until it is so, or time is up.
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

const within = { timeout: 10_000, interval: 100 }

export async function shows(locator: Locator, options: { timeout?: number } = {}): Promise<void> {
  await locator.first().waitFor({ state: 'visible', ...options })
}

export async function hides(locator: Locator): Promise<void> {
  await expect.poll(() => locator.filter({ visible: true }).count(), within).toBe(0)
}

export async function hasText(locator: Locator, text: string | RegExp): Promise<void> {
  await expect.poll(async () => (await locator.innerText()).trim(), within).toMatch(text)
}

export async function hasCount(locator: Locator, count: number): Promise<void> {
  await expect.poll(() => locator.count(), within).toBe(count)
}

/** An open page hears at its connection's next beat that its session has ended. */
export const BEAT = { timeout: 30_000 }

/** Path and query of the page's address. */
export async function isAt(
  page: Page,
  address: string | RegExp,
  options: { timeout?: number } = {},
): Promise<void> {
  const now = () => {
    const { pathname, search } = new URL(page.url())
    return decodeURIComponent(pathname + search)
  }
  if (typeof address === 'string') await expect.poll(now, { ...within, ...options }).toBe(address)
  else await expect.poll(now, { ...within, ...options }).toMatch(address)
}
