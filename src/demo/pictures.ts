// Owns the demo's pictures: small SVG drawings, the same for the same product every time.
import { hashText } from './random.ts'
import { drawings } from './pictures/drawings.ts'
import { backdropColours, circle, createPen, faded, oval, rect, shape } from './pictures/pen.ts'
import type { DemoProduct } from './types.ts'

/** An SVG document of at most 2.5 KB, square, without references to anything outside it. */
export function productPicture(product: Pick<DemoProduct, 'sku' | 'species' | 'picture'>): string {
  const { kind, tint, backdrop, label } = product.picture
  const variant = hashText(product.sku) % 3
  const pen = createPen(tint, label, product.species, variant)
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240">' +
    room(backdrop, variant) +
    `<g transform="translate(-10.8 -17) scale(1.09)">${drawings[kind](pen)}</g>` +
    '</svg>'
  )
}

/** A paw, for the shop's sign. */
export function shopLogo(): string {
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240">' +
    circle(120, 120, 112, '#f4a340') +
    oval(78, 100, 20, 26, '#fff') +
    oval(120, 76, 20, 28, '#fff') +
    oval(162, 100, 20, 26, '#fff') +
    shape('M120 118c34 0 58 30 58 52 0 20-22 26-58 26s-58-6-58-26c0-22 24-52 58-52z', '#fff') +
    '</svg>'
  )
}

/** A quiet wall with a lighter patch behind the product and its shadow on the floor. */
function room(backdrop: DemoProduct['picture']['backdrop'], variant: number): string {
  const { wall, glow, floor } = backdropColours(backdrop)
  const patches = [
    circle(120, 116, 98, glow),
    shape('M28 190v-76a92 92 0 0 1 184 0v76q0 26-26 26H54q-26 0-26-26z', glow),
    shape('M24 128C20 60 76 22 128 26s92 44 90 104-44 88-100 86S28 190 24 128z', glow),
  ]
  return (
    rect(0, 0, 240, 240, 0, wall) + patches[variant] + oval(120, 203, 88, 10, floor, faded(0.22))
  )
}
