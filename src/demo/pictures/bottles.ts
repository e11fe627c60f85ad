// Owns the drawings of bottles, tubes, wipes and other things for hygiene and health.
import { face } from './faces.ts'
import { circle, faded, line, moved, oval, rect, shape, words } from './pen.ts'
import type { Pen } from './pen.ts'

export function shampoo(pen: Pen): string {
  return (
    rect(114, 40, 12, 34, 3, pen.dark) +
    shape('M94 36h36q6 0 6 6v8h-36l-14 8q-4-12 8-22z', pen.dark) +
    rect(100, 66, 40, 18, 5, pen.dark) +
    shape(
      'M92 82h56c16 6 22 16 22 34v70q0 14-14 14H84q-14 0-14-14v-70c0-18 6-28 22-34z',
      pen.main,
    ) +
    shape('M148 82c16 6 22 16 22 34v70q0 14-14 14h-10c10-34 10-86-6-118z', pen.dark, faded(0.22)) +
    rect(80, 110, 76, 74, pen.variant === 1 ? 36 : 18, pen.paper) +
    face(pen.species, 118, 138, 1.1, pen.ink, pen.paper) +
    words(118, 175, 13, pen.label, pen.ink) +
    line('M78 112v62', pen.paper, 4, faded(0.45)) +
    circle(186, 92, 11, pen.paper, faded(0.8)) +
    circle(200, 116, 6, pen.paper, faded(0.8)) +
    circle(52, 104, 8, pen.paper, faded(0.8))
  )
}

export function spray(pen: Pen): string {
  return (
    shape('M82 40h54c10 0 14 6 14 14v10h-42l-6 20H92l4-22-22-4v-8q0-10 8-10z', pen.dark) +
    shape('M108 64h8c4 12 2 22-6 26', pen.ink) +
    rect(100, 62, 44, 24, 5, pen.ink) +
    shape(
      'M100 86h44c22 14 26 32 26 52v48q0 14-14 14H88q-14 0-14-14v-48c0-20 4-38 26-52z',
      pen.main,
    ) +
    shape('M144 86c22 14 26 32 26 52v48q0 14-14 14h-10c10-36 8-84-12-114z', pen.dark, faded(0.22)) +
    rect(82, 122, 78, 62, 24, pen.paper) +
    face(pen.species, 121, 146, 1, pen.ink, pen.paper) +
    words(121, 178, 12.5, pen.label, pen.ink) +
    line('M62 44l-16-8M60 54H40M62 64l-16 8', pen.main, 4, faded(0.8)) +
    circle(34, 34, 3, pen.main) +
    circle(30, 54, 3, pen.main) +
    circle(34, 74, 3, pen.main)
  )
}

export function wipes(pen: Pen): string {
  return (
    shape('M104 62c-4-16 6-26 4-36 12 4 14 12 20 8 8 8 10 18 6 28z', pen.paper) +
    line('M112 56c0-8 4-14 4-20M122 56c2-6 2-12 2-16', pen.light, 2) +
    rect(66, 60, 108, 32, 12, pen.dark) +
    oval(120, 64, 26, 7, pen.ink, faded(0.8)) +
    shape('M70 88h100v96q0 16-16 16H86q-16 0-16-16z', pen.main) +
    shape('M70 166c34-14 66 10 100-4v22q0 16-16 16H86q-16 0-16-16z', pen.light) +
    circle(120, 132, 29, pen.paper) +
    face(pen.species, 120, 131, 1.05, pen.ink, pen.paper) +
    words(120, 191, 15, pen.label, pen.ink) +
    line('M78 98v60', pen.paper, 4, faded(0.45)) +
    shape('M152 88h18v96q0 16-16 16h-8z', pen.dark, faded(0.18))
  )
}

export function pads(pen: Pen): string {
  const layer = (y: number, colour: string) =>
    shape(`M40 ${y}l80-30 82 30-82 32z`, colour) +
    line(`M48 ${y}l72-27 74 27`, pen.paper, 2, faded(0.7))
  return (
    layer(168, pen.dark) +
    layer(158, pen.paper) +
    layer(148, pen.main) +
    layer(138, pen.paper) +
    layer(128, pen.light) +
    shape('M64 127l56-21 58 21-58 22z', pen.paper) +
    shape(
      'M97 128q-1 8 10 9t14-4q12 4 20-2 4-8-8-10-4-7-14-5t-12 5q-10 0-10 7z',
      pen.main,
      faded(0.35),
    ) +
    circle(120, 76, 32, pen.paper) +
    face(pen.species, 120, 75, 1.15, pen.ink, pen.paper) +
    rect(132, 176, 70, 26, 13, pen.accent) +
    words(167, 194, 15, pen.label, pen.ink)
  )
}

export function tube(pen: Pen): string {
  return moved(
    122,
    122,
    moved(
      -120,
      -122,
      rect(70, 34, 100, 14, 3, pen.dark) +
        line('M76 41h88', pen.light, 2, 'stroke-dasharray="1 4"') +
        shape('M72 48h96l-14 118q-2 8-10 8H96q-8 0-10-8z', pen.main) +
        shape('M146 48h22l-14 118q-2 8-10 8h-6c8-40 12-82 8-126z', pen.dark, faded(0.22)) +
        shape('M77 88h86l-7 62H84z', pen.paper) +
        face(pen.species, 120, 112, 1.05, pen.ink, pen.paper) +
        words(120, 145, 12.5, pen.label, pen.ink) +
        rect(96, 174, 48, 28, 5, pen.accent) +
        line('M108 180v16M120 180v16M132 180v16', pen.paper, 2.5, faded(0.7)),
    ),
    pen.variant === 1 ? -8 : 8,
  )
}

export function pillJar(pen: Pen): string {
  const tablet = (x: number, y: number) =>
    oval(x, y + 3, 13, 8, pen.dark) +
    oval(x, y, 13, 8, pen.paper) +
    line(`M${x - 6} ${y}h12`, pen.light, 2)
  return (
    shape(
      'M86 78h68c14 6 20 14 20 30v78q0 14-14 14H80q-14 0-14-14v-78c0-16 6-24 20-30z',
      pen.main,
    ) +
    shape('M154 78c14 6 20 14 20 30v78q0 14-14 14h-10c12-36 10-84-8-122z', pen.dark, faded(0.25)) +
    rect(78, 48, 84, 34, 8, pen.paper) +
    line('M90 56v18M102 56v18M114 56v18M126 56v18M138 56v18M150 56v18', pen.light, 4) +
    rect(66, 110, 108, 68, 0, pen.paper) +
    face(pen.species, 120, 136, 1.05, pen.ink, pen.paper) +
    words(120, 171, 13, pen.label, pen.ink) +
    tablet(188, 190) +
    tablet(46, 194)
  )
}

export function dropper(pen: Pen): string {
  return (
    shape('M104 36q0-12 16-12t16 12v28h-32z', pen.ink) +
    rect(96, 60, 48, 20, 5, pen.dark) +
    shape(
      'M98 80h44c20 8 28 18 28 36v68q0 16-16 16H86q-16 0-16-16v-68c0-18 8-28 28-36z',
      pen.main,
    ) +
    shape('M142 80c20 8 28 18 28 36v68q0 16-16 16h-10c10-40 8-84-10-120z', pen.dark, faded(0.25)) +
    rect(78, 114, 84, 68, 16, pen.paper) +
    face(pen.species, 120, 139, 1.05, pen.ink, pen.paper) +
    words(120, 174, 12.5, pen.label, pen.ink) +
    line('M80 100q4-8 12-11', pen.paper, 5, faded(0.6)) +
    shape('M190 84c9 14 14 21 14 29a14 14 0 0 1-28 0c0-8 5-15 14-29z', pen.accent) +
    line('M184 114q1 6 6 7', pen.paper, 3)
  )
}

export function cone(pen: Pen): string {
  return (
    shape('M40 92Q120 40 200 92l-42 88q-38 22-76 0z', pen.light) +
    shape('M40 92Q120 40 200 92 120 132 40 92z', pen.dark, faded(0.55)) +
    face(pen.species === 'any' ? 'dog' : pen.species, 120, 112, 2, pen.ink, pen.paper) +
    shape('M40 92q80 42 160 0l-42 88q-38 22-76 0z', pen.main, faded(0.72)) +
    line('M40 92q80 42 160 0', pen.paper, 7) +
    line('M80 112l16 74M120 118v78M160 112l-16 74', pen.paper, 3, faded(0.6)) +
    line('M82 180q38 22 76 0', pen.dark, 12) +
    words(120, 172, 17, pen.label, pen.paper)
  )
}
