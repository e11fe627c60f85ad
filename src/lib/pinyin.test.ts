// Shows how names are spelled for a search by pinyin.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pinyinText, spell } from './pinyin.ts'

test.each([
  ['皇家猫粮', 'huangjiamaoliang hjml'],
  ['皇家 K36 幼猫粮', 'huangjiak36youmaoliang hjk36yml'],
  ['长毛猫洗护（绿茶）', 'changmaomaoxihulvcha cmmxhlc'],
  ['重庆小面', 'chongqingxiaomian cqxm'],
  ['啊', 'a'],
  ['𠮷野家', '𠮷yejia 𠮷yj'],
  ['Ｒｏｙａｌ 猫', 'royalmao royalm'],
])('%j is typed %j', (name, text) => {
  expect(pinyinText(name)).toBe(text)
})

test('a name without a Chinese character has none', () => {
  expect([pinyinText(''), pinyinText('Royal 2 kg'), pinyinText('🐈')]).toEqual(['', '', ''])
})

test('whatever is in a name, each of its characters is spelled, in order', () => {
  const names = fc.string({ unit: 'binary', maxLength: 40 })
  fc.assert(
    fc.property(fc.oneof(names, fc.stringMatching(/^[一-龥a-z0-9 ·（]{0,20}$/)), (name) => {
      const spelled = spell(name)
      expect(spelled.map(({ char }) => char).join('')).toBe(name.toWellFormed())
      expect(spelled.filter(({ isHan, full }) => isHan && !/^[a-z]+$/.test(full))).toEqual([])
    }),
  )
})
