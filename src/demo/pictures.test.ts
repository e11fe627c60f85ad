// Shows that product pictures are small, sound and self-contained, and the same every time.
import { expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'
import { drawings } from './pictures/drawings.ts'
import { productPicture } from './pictures.ts'

/** What keeps a picture from being well-formed XML; empty for a sound one. */
function faults(xml: string): string[] {
  const found: string[] = []
  const open: string[] = []
  const rest = xml.replace(/<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g, (...match) => {
    const [, closing, name, attributes, empty] = match as string[]
    const names = [...(attributes ?? '').matchAll(/\s([\w:-]+)=/g)].map((part) => part[1])
    if (new Set(names).size !== names.length) found.push(`attribute twice in ${match[0]}`)
    if (closing && open.pop() !== name) found.push(`unexpected ${match[0]}`)
    if (!closing && !empty) open.push(name ?? '')
    return ''
  })
  if (open.length > 0) found.push(`never closed: ${open.join(', ')}`)
  if (/[<>]|&(?!amp;|lt;)/.test(rest)) found.push(`stray mark-up: ${rest}`)
  if (/NaN|undefined|null/.test(xml)) found.push('a value is missing')
  return found
}

test('the check for well-formed XML finds what is broken', () => {
  expect(faults('<svg a="1"><g/></svg>')).toEqual([])
  for (const broken of [
    '<svg><g></svg>',
    '<svg>',
    '<svg a="1" a="2"/>',
    '<svg>&</svg>',
    '<a b=1/>',
  ])
    expect(faults(broken), broken).not.toEqual([])
})

test('every picture is well-formed and at most 2.5 KB', () => {
  for (const product of catalogue) {
    const picture = productPicture(product)
    expect(faults(picture), product.sku).toEqual([])
    expect(Buffer.byteLength(picture), product.sku).toBeLessThanOrEqual(2560)
  }
})

test('no kind of drawing is too large or broken for any animal', () => {
  const species = [...new Set(catalogue.map((product) => product.species))]
  for (const kind of Object.keys(drawings) as (keyof typeof drawings)[]) {
    for (const animal of species) {
      const picture = productPicture({
        sku: 'XX-0001',
        species: animal,
        picture: { kind, tint: 'amber', backdrop: 'sand', label: '5 < 6 & 7' },
      })
      expect(faults(picture), `${kind} ${animal}`).toEqual([])
    }
  }
})

test('pictures refer to nothing outside themselves and run nothing', () => {
  for (const product of catalogue) {
    const picture = productPicture(product).replace('http://www.w3.org/2000/svg', '')
    expect(picture, product.sku).not.toMatch(/https?:|href|url\(|<script|<style|\son\w+=/)
  }
})

test('the same product has the same picture, and nearly every product its own', () => {
  const pictures = catalogue.map(productPicture)
  expect(catalogue.map(productPicture)).toEqual(pictures)
  expect(new Set(pictures).size).toBeGreaterThan(0.9 * catalogue.length)
})
