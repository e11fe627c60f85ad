// Owns asking axe what of a page keeps people with disabilities from using it.
import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface Finding {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** Colours are looked at, and what fades has none of its own yet; what goes round and round isn't waited for. */
const STILL = `Promise.race([
  Promise.allSettled(document.getAnimations()
    .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
    .map((one) => one.finished)),
  new Promise((resolve) => setTimeout(resolve, 3000)),
]).then(() => undefined)`

/** What is serious or worse, by WCAG 2.2 AA, one line each; nothing for a good page. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(STILL)
  // Not a script of the page: the content policy would refuse it.
  await page.evaluate(axe.source)
  const violations = await page.evaluate<Finding[]>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
       .then((result) => result.violations)`,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${page.url()} ${id}: ${node.html} ${node.failureSummary ?? ''}`),
    )
}
