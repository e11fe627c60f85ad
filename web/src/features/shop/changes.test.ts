// Shows which settings count as changed.
import { expect, test } from 'vitest'

import type { Settings } from '../../../../src/modules/shop/schema.ts'
import { changesOf } from './changes.ts'

const settings: Settings = {
  shop_name: '小爪印',
  currency: 'CNY',
  time_zone: 'Asia/Shanghai',
  auto_confirm: true,
  show_stock: true,
  logo_url: null,
  brand_color: null,
  low_stock_threshold: 5,
  receipt_text: '',
  staff_second_factor: false,
  languages: ['zh-CN', 'en'],
}

test('what is as it was is not sent, lists among it', () => {
  expect(changesOf(settings, { ...settings, languages: ['zh-CN', 'en'] })).toEqual({})
})

test('another order of languages is a change, and so is a logo that is gone', () => {
  const logo = { ...settings, logo_url: '/pictures/a.webp' }
  expect(changesOf(logo, { ...logo, logo_url: null })).toEqual({ logo_url: null })
  expect(changesOf(settings, { ...settings, languages: ['en', 'zh-CN'] })).toEqual({
    languages: ['en', 'zh-CN'],
  })
})
