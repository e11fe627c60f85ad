// Shows that a file made in the page keeps its cells apart, and runs nothing in a spreadsheet.
import { expect, test } from 'vitest'

import { csvText } from './csv.ts'

test('separators, quotes and lines stay inside their cell', () => {
  expect(
    csvText([
      ['a,b', 'say "hi"', 'two\nlines'],
      ['plain', 7, ''],
    ]),
  ).toBe('\u{FEFF}"a,b","say ""hi""","two\nlines"\r\nplain,7,\r\n')
})

test('what would be a formula is text; a negative number is a number', () => {
  expect(csvText([['=1+1', '@x', '+86 138', -3]])).toBe("\u{FEFF}'=1+1,'@x,'+86 138,-3\r\n")
})
