// Owns the drawings of things that come packed: bags, cans, pouches, tubs, boxes, sacks.
import { face } from './faces.ts'
import { circle, faded, line, moved, oval, rect, shape, words } from './pen.ts'
import type { Pen } from './pen.ts'

/** The round or hill-shaped label with the animal that packed goods carry. */
function badge(pen: Pen, x: number, y: number, radius: number): string {
  return circle(x, y, radius, pen.paper) + face(pen.species, x, y, radius / 26, pen.ink, pen.paper)
}

export function foodBag(pen: Pen): string {
  const body = 'M74 60h92c7 40 9 84 7 132q-.5 8-8 8H75q-7.5 0-8-8c-2-48 0-92 7-132z'
  const foot = [
    'M67.5 166c34-16 71-16 105.5 0 .3 9 .3 17 0 26q-.5 8-8 8H75q-7.5 0-8-8c-.3-9 .2-17 .5-26z',
    'M67 174h106v18q-.5 8-8 8H75q-7.5 0-8-8z',
    'M67 158c30 22 62-10 106 12v22q-.5 8-8 8H75q-7.5 0-8-8z',
  ][pen.variant]
  return (
    shape(body, pen.main) +
    shape(foot ?? '', pen.light) +
    shape('M150 60h16c7 40 9 84 7 132q-.5 8-8 8h-10c6-48 4-92-5-140z', pen.dark, faded(0.22)) +
    rect(68, 42, 104, 22, 6, pen.dark) +
    line('M76 53h88', pen.light, 2, 'stroke-dasharray="1 6"') +
    badge(pen, 120, 114, 35) +
    line('M82 76c-4 30-6 56-6 84', pen.paper, 4, faded(0.35)) +
    words(120, 190, 17, pen.label, pen.ink)
  )
}

export function pouch(pen: Pen): string {
  return (
    shape('M72 74h96c4 34 8 76 6 114q-.5 12-12 12H78q-11.5 0-12-12c-2-38 2-80 6-114z', pen.main) +
    shape('M66 178c36 14 72 14 108 0v10q-.5 12-12 12H78q-11.5 0-12-12z', pen.dark, faded(0.5)) +
    rect(70, 54, 100, 24, 5, pen.light) +
    line('M76 66h88', pen.dark, 1.6, 'stroke-dasharray="5 4" opacity=".6"') +
    circle(120, 65, 5, pen.paper) +
    rect(82, 92, 76, 66, 22, pen.paper) +
    face(pen.species, 120, 120, 1.15, pen.ink, pen.paper) +
    words(120, 154, 13, pen.label, pen.ink) +
    line('M78 92c-3 26-5 50-5 74', pen.paper, 4, faded(0.4)) +
    shape('M154 78h14c4 34 8 76 6 110q-.5 12-12 12h-4c4-42 2-84-4-122z', pen.dark, faded(0.2))
  )
}

export function can(pen: Pen): string {
  const side = 'M62 108v72c0 12 26 20 58 20s58-8 58-20v-72z'
  return (
    shape(side, pen.main) +
    shape('M62 120v50c0 12 26 20 58 20s58-8 58-20v-50c0 12-26 20-58 20s-58-8-58-20z', pen.light) +
    shape('M150 108h28v72c0 8-11 14-28 17z', pen.dark, faded(0.22)) +
    oval(120, 108, 58, 20, '#d9dcdc') +
    oval(120, 106, 52, 16.5, '#eef0ee') +
    oval(120, 106, 43, 12.5, '#dfe3e2') +
    line('M120 104c-10-8-26-4-26 3s18 8 26-1', '#a9b2b4', 4) +
    circle(120, 105, 4, '#a9b2b4') +
    badge(pen, 112, 158, 25) +
    words(156, 172, 13, pen.label.length > 5 ? '' : pen.label, pen.ink)
  )
}

export function sticks(pen: Pen): string {
  const stick = (x: number, turn: number, colour: string, mark: string) =>
    moved(
      x,
      150,
      rect(-11, -92, 22, 130, 5, colour) +
        rect(-11, -92, 22, 12, 4, pen.paper, faded(0.7)) +
        oval(0, -32, 11, 14, pen.paper, faded(0.85)) +
        mark,
      turn,
    )
  return (
    stick(92, -14, pen.accent, circle(0, -32, 5, pen.accent)) +
    stick(148, 14, pen.light, circle(0, -32, 5, pen.light)) +
    stick(120, 0, pen.main, circle(0, -32, 5, pen.main)) +
    shape('M64 132h112l-6 62q-1 6-7 6H77q-6 0-7-6z', pen.dark) +
    shape('M64 132h112l-2 18c-36 10-72 10-108 0z', pen.main, faded(0.55)) +
    rect(72, 150, 96, 36, 18, pen.paper) +
    face(pen.species, 96, 168, 0.72, pen.ink, pen.paper) +
    words(138, 174, 17, pen.label, pen.ink)
  )
}

export function tub(pen: Pen): string {
  return (
    shape('M70 84h100l-4 106q-.5 10-12 10H86q-11.5 0-12-10z', pen.light) +
    shape('M72 104h96l-3 72H75z', pen.main) +
    rect(62, 60, 116, 28, 9, pen.dark) +
    rect(62, 60, 116, 11, 5.5, pen.paper, faded(0.25)) +
    line('M74 88h92', pen.ink, 2, faded(0.25)) +
    badge(pen, 120, 136, 27) +
    words(120, 193, 13, pen.label, pen.ink) +
    line('M80 108l2 60', pen.paper, 5, faded(0.4)) +
    shape('M152 84h18l-4 106q-.5 10-12 10h-8z', pen.dark, faded(0.16))
  )
}

export function box(pen: Pen): string {
  return (
    shape('M52 96l20-26h116l-16 26z', pen.light) +
    shape('M172 96l16-26v94l-16 36z', pen.dark) +
    rect(52, 96, 120, 104, 5, pen.main) +
    rect(100, 96, 24, 26, 2, pen.paper, faded(0.55)) +
    shape('M100 96l12-26h24l-12 26z', pen.paper, faded(0.4)) +
    shape('M52 168c40-16 80 12 120-4v31q0 5-5 5H57q-5 0-5-5z', pen.light) +
    badge(pen, 112, 142, 25) +
    words(112, 193, 15, pen.label, pen.ink)
  )
}

export function sack(pen: Pen): string {
  const grains = [78, 92, 106, 120, 134, 148, 162]
    .map((x, index) =>
      circle(x, 182 + ((index * 7) % 11) - 4, 3.2, index % 2 ? pen.paper : pen.dark, faded(0.6)),
    )
    .join('')
  return (
    shape(
      'M66 58q54-8 108 0c8 2 10 8 9 16-3 20-3 70 2 108 1 12-4 18-14 18H69c-10 0-15-6-14-18 5-38 5-88 2-108-1-8 1-14 9-16z',
      pen.main,
    ) +
    rect(92, 62, 56, 17, 8.5, pen.dark) +
    rect(97, 65.5, 46, 9, 4.5, pen.paper, faded(0.75)) +
    shape('M57 166c40 12 86-14 127 2l1 14c1 12-4 18-14 18H69c-10 0-15-6-14-18z', pen.light) +
    grains +
    badge(pen, 120, 122, 31) +
    rect(140, 138, 52, 24, 12, pen.accent) +
    words(166, 155, 13.5, pen.label, pen.ink) +
    line('M70 76c3 24 2 56 0 80', pen.paper, 4, faded(0.35))
  )
}

export function hay(pen: Pen): string {
  const blades = [72, 84, 97, 110, 124, 138, 151, 165]
    .map(
      (x, index) =>
        `M${x} 96q${index % 2 ? 8 : -8}-26 ${(index % 3) * 6 - 6}-${46 + ((index * 13) % 20)}`,
    )
    .join('')
  return (
    line(blades, pen.main, 5) +
    line(blades, pen.light, 1.5) +
    shape('M62 92h116l-4 96q-.5 12-12 12H78q-11.5 0-12-12z', pen.dark) +
    shape('M62 92h116l-.6 16H62.6z', pen.main) +
    rect(82, 118, 76, 62, 26, pen.paper) +
    face(pen.species, 120, 146, 1, pen.ink, pen.paper) +
    words(120, 175, 12, pen.label, pen.ink)
  )
}

/** A bag with a window on crunchy biscuits, some of them in front of it. */
export function biscuit(pen: Pen): string {
  const piece = (x: number, y: number, turn: number) =>
    moved(
      x,
      y,
      shape('M-12-5a6 6 0 1 1 5-5H7a6 6 0 1 1 5 5v10a6 6 0 1 1-5 5H-7a6 6 0 1 1-5-5z', '#dba765') +
        line('M-6 0h12', '#b98548', 2.5, 'stroke-dasharray="1 5"'),
      turn,
      0.95,
    )
  return (
    shape('M76 62h88l8 126q.5 12-12 12H80q-12.5 0-12-12z', pen.main) +
    rect(72, 46, 96, 20, 6, pen.dark) +
    rect(88, 82, 64, 44, 20, pen.paper) +
    face(pen.species, 120, 104, 0.95, pen.ink, pen.paper) +
    words(120, 145, 14, pen.label, pen.ink) +
    rect(86, 152, 68, 40, 18, pen.paper, faded(0.55)) +
    piece(120, 172, -14) +
    piece(62, 190, -30) +
    piece(182, 188, 14) +
    shape('M148 66h16l8 122q.5 12-12 12h-4z', pen.dark, faded(0.2))
  )
}

/** Chews on a printed card, the way they hang in a shop. */
export function bone(pen: Pen): string {
  const chew =
    'M-46-8c-4-10-18-9-18 2 0 3 2 5 4 6-2 1-4 3-4 6 0 11 14 12 18 2h92c4 10 18 9 18-2 0-3-2-5-4-6 2-1 4-3 4-6 0-11-14-12-18-2z'
  const one = (y: number, turn: number, colour: string) =>
    moved(120, y, shape(chew, colour) + line('M-36-2h60', pen.paper, 2), turn)
  return (
    rect(60, 38, 120, 162, 14, pen.paper) +
    shape('M74 38h92q14 0 14 14v52q-60 22-120 0V52q0-14 14-14z', pen.main) +
    circle(120, 50, 5, pen.paper) +
    face(pen.species, 104, 82, 1.05, pen.paper, pen.main) +
    words(148, 90, 15, pen.label, pen.paper) +
    one(130, -5, pen.light) +
    one(154, 4, pen.accent) +
    one(180, -3, pen.main) +
    line('M84 122q-6 36 0 68M156 122q6 36 0 68', pen.dark, 3, faded(0.7))
  )
}

export function roll(pen: Pen): string {
  const one = (x: number, y: number, colour: string) =>
    rect(x - 17, y - 44, 34, 50, 4, colour) +
    oval(x, y + 6, 17, 6, colour) +
    oval(x, y - 44, 17, 6, pen.paper) +
    oval(x, y - 44, 6, 2.2, pen.dark, faded(0.6))
  return (
    one(78, 164, pen.light) +
    one(162, 164, pen.accent) +
    one(120, 146, pen.main) +
    moved(
      120,
      180,
      rect(-62, -20, 124, 40, 20, pen.dark) +
        rect(-62, -20, 124, 18, 9, pen.paper, faded(0.14)) +
        rect(-22, 4, 44, 6, 3, pen.ink) +
        face(pen.species, -40, -1, 0.55, pen.paper, pen.dark) +
        words(40, 6, 15, pen.label, pen.paper),
    )
  )
}
