// Shows that descriptions in HTML become text that reads as it did, and that no program is left in it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText } from './import-html.ts'

test.each([
  ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
  ['One<br>two<br/>three', 'One\ntwo\nthree'],
  ['<ul><li>a</li><li>b &amp; c</li></ul>', '- a\n- b & c'],
  ['<ol><li>first</li><li>second</li></ol>', '1. first\n2. second'],
  ['<h2>Big Words</h2><div>then  <b>bold</b>\n text</div>', 'Big Words\n\nthen bold text'],
  ['<a href="https://x.example">here</a><img src="a.jpg" alt="cat">', 'here'],
  ['<script>alert(1)</script><style>p{}</style>text', 'text'],
  ['A&nbsp;B &lt;3 &#29483;', 'A B <3 猫'],
  ['plain text\nwith lines\n\n\n\nand a gap', 'plain text\nwith lines\n\nand a gap'],
  ['', ''],
  ['<p></p>', ''],
  ['<p>a <constructor>b</Constructor> <constructor/>c', 'a b c'],
  [
    '<table><tr><td>1 kg</td><td>10</td></tr><tr><td>2 kg</td><td>18</td></tr></table>',
    '1 kg 10\n2 kg 18',
  ],
])('%j reads %j', (html, text) => {
  expect(plainText(html)).toBe(text)
})

test('whatever it is, it ends, and soon', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (html) => {
      expect(plainText(`<p>${html}`)).toBeTypeOf('string')
    }),
  )
  // In a time that grows with the square of the length this would take minutes.
  plainText(`${'\u{A0}'.repeat(400_000)}x`)
  plainText('<div>'.repeat(20_000))
  plainText('<ul><li>'.repeat(12_000))
  plainText('&'.repeat(100_000))
})
