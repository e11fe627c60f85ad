// Shows that every colour a shop may choose gives tints that can be read, in both themes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contrast, SUNKEN, tintsOf } from './colour.ts'

const colours = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`)

test.each(['light', 'dark'] as const)(
  'whatever the colour, it can be read on %s pages',
  (theme) => {
    const extremes = fc.constantFrom(
      '#000000',
      '#ffffff',
      '#ffff00',
      '#0000ff',
      '#00ff00',
      '#ff0000',
    )
    fc.assert(
      fc.property(fc.oneof(colours, extremes), (colour) => {
        const { primary, strong, soft, onPrimary } = tintsOf(colour, theme)
        for (const tint of [primary, strong, soft, onPrimary]) expect(tint).toMatch(/^#[\da-f]{6}$/)
        for (const written of [primary, strong]) {
          for (const ground of [SUNKEN[theme], soft, onPrimary]) {
            expect([written, ground, contrast(written, ground) >= 4.5]).toEqual([
              written,
              ground,
              true,
            ])
          }
        }
      }),
      { numRuns: 500 },
    )
  },
)

test('a colour that can be read stays as it is', () => {
  expect(tintsOf('#1d6b57', 'light').primary).toBe('#1d6b57')
  expect(tintsOf('#8a1f5c', 'light').primary).toBe('#8a1f5c')
})

test('contrast is what WCAG says', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

test('the pages have no surface of less contrast', () => {
  const css = readFileSync(join(import.meta.dirname, '../../web/src/ui/tokens.css'), 'utf8')
  const [light = '', dark = ''] = css.split("[data-theme='dark']")
  for (const [theme, text, ink] of [
    ['light', light, '#000000'],
    ['dark', dark, '#ffffff'],
  ] as const) {
    for (const name of ['page', 'surface', 'sunken']) {
      const colour = new RegExp(`--color-${name}: (#[\\da-f]{6})`).exec(text)?.[1] ?? ''
      expect(contrast(colour, ink)).toBeGreaterThanOrEqual(contrast(SUNKEN[theme], ink))
    }
  }
})
