// Owns turning a description in HTML into text: paragraphs, lists and line breaks stay, everything else goes.
import { compile, type HtmlToTextOptions } from 'html-to-text'

/** Deeper than this nobody writes by hand, and each level costs a level of recursion. */
const MAX_DEPTH = 60

const OPTIONS: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxDepth: MAX_DEPTH },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'ul', options: { itemPrefix: '- ' } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
      selector,
      options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 },
    })),
    { selector: 'table', format: 'block' },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'hr', format: 'skip' },
  ],
}
const fromHtml = compile(OPTIONS)
const fromPlain = compile({ ...OPTIONS, preserveNewlines: true })

export function plainText(html: string): string {
  // The library looks tags up in an object, where every object's own member of this name is found.
  const safe = html.replaceAll(/(?<=<\/?)constructor/gi, 'span')
  const convert = /<[a-z!/]/i.test(html) ? fromHtml : fromPlain
  // Cells of a row stand apart; the library's own tables reserve room for whatever a cell says it spans.
  return convert(safe.replaceAll(/<\/t[dh]>/gi, ' $&'))
    .replaceAll('\u{A0}', ' ')
    .replaceAll(/(?<![ \t])[ \t]+$/gm, '')
    .replaceAll(/^ (?=\d+\. )/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}
