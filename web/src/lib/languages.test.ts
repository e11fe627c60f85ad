// Shows which language a page speaks.
import { expect, test } from 'vitest'

import { pageLanguage } from './languages.ts'

test('a newcomer hears what the shop offers first', () => {
  expect(pageLanguage(null, ['en', 'zh-CN'])).toBe('en')
  expect(pageLanguage(null, ['zh-CN', 'en'])).toBe('zh-CN')
})

test('a choice holds as long as the shop offers it', () => {
  expect(pageLanguage('en', ['zh-CN', 'en'])).toBe('en')
  expect(pageLanguage('zh-CN', ['en'])).toBe('en')
})

test('until the shop is known it is the choice, or Chinese', () => {
  expect(pageLanguage('en', [])).toBe('en')
  expect(pageLanguage(null, [])).toBe('zh-CN')
})
