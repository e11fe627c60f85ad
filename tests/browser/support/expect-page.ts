// Owns waiting for what a page shows: each looks again until it is so, or time is up.
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

export async function shows(locator: Locator): Promise<void> {
  await locator.first().waitFor({ state: 'visible' })
}

export async function hides(locator: Locator): Promise<void> {
  await expect.poll(() => locator.filter({ visible: true }).count()).toBe(0)
}

export async function hasText(locator: Locator, text: string | RegExp): Promise<void> {
  await expect.poll(async () => (await locator.innerText()).trim()).toMatch(text)
}

export async function hasCount(locator: Locator, count: number): Promise<void> {
  await expect.poll(() => locator.count()).toBe(count)
}

/** Path and query of the page's address. */
export async function isAt(page: Page, address: string | RegExp): Promise<void> {
  const now = () => {
    const { pathname, search } = new URL(page.url())
    return decodeURIComponent(pathname + search)
  }
  if (typeof address === 'string') await expect.poll(now).toBe(address)
  else await expect.poll(now).toMatch(address)
}
