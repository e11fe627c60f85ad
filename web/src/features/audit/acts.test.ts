// Shows that every act has a text in both languages.
import { expect, test } from 'vitest'
import { ACTS } from '../../../../src/lib/acts.ts'
import { enStaff } from '../../lib/locales/en/staff.ts'
import { zhCNStaff } from '../../lib/locales/zh-CN/staff.ts'
import { changesOf, keyOfAct } from './acts.ts'

test('every act has its words', () => {
  for (const texts of [enStaff, zhCNStaff])
    expect(Object.keys(texts.audit.acts).toSorted()).toEqual(ACTS.map(keyOfAct).toSorted())
})

test('what changed is told field by field', () => {
  expect(changesOf({ before: { a: 1, b: 2 }, after: { a: 3, c: 4 } })).toEqual([
    { name: 'a', before: 1, after: 3 },
    { name: 'b', before: 2, after: undefined },
    { name: 'c', before: undefined, after: 4 },
  ])
  expect(changesOf({ before: null, after: null })).toEqual([])
})
