// Owns the drawings of what brushes, clips and dries.
import { face } from './faces.ts'
import { circle, faded, line, moved, oval, rect, shape } from './pen.ts'
import type { Pen } from './pen.ts'

/** A folded stack of cloth, tied with a ribbon. */
export function towel(pen: Pen): string {
  const fold = (y: number, colour: string) =>
    rect(46, y, 148, 34, 17, colour) +
    line(`M64 ${y + 17}h104`, pen.paper, 2.5, 'stroke-dasharray="7 6" opacity=".7"')
  return (
    fold(166, pen.dark) +
    fold(134, pen.light) +
    fold(102, pen.main) +
    rect(108, 98, 24, 104, 4, pen.paper, faded(0.9)) +
    circle(120, 112, 32, pen.paper) +
    face(pen.species, 120, 110, 1.1, pen.ink, pen.paper)
  )
}

export function brush(pen: Pen): string {
  const pins = [70, 84, 98, 112, 126]
    .flatMap((x) => [62, 76, 90, 104].map((y) => `M${x} ${y}v0`))
    .join('')
  return moved(
    124,
    116,
    moved(
      -100,
      -96,
      rect(48, 42, 104, 84, 30, pen.dark) +
        rect(56, 50, 88, 68, 24, pen.paper) +
        line(pins, '#9aa5a8', 6) +
        shape('M84 124h32l6 22v48q0 14-22 14t-22-14v-48z', pen.main) +
        oval(100, 150, 9, 12, pen.accent) +
        line('M88 172v22', pen.paper, 4, faded(0.5)),
    ) +
      moved(
        50,
        56,
        circle(0, 0, 24, pen.paper) + face(pen.species, 0, -1, 0.9, pen.ink, pen.paper),
        -24,
      ),
    24,
  )
}

export function comb(pen: Pen): string {
  const teeth = Array.from(
    { length: 15 },
    (_, n) => `M${52 + n * 9.7} 112v${n < 7 ? 62 : 50}`,
  ).join('')
  return (
    moved(
      0,
      0,
      line(teeth, '#aab3b6', 4.5) +
        rect(40, 90, 160, 30, 12, pen.main) +
        line('M52 98h130', pen.paper, 4, faded(0.5)) +
        circle(184, 105, 6, pen.paper),
      0,
    ) +
    line('M60 188c12-14 26 8 40-4 12-10 24 6 36-2', pen.light, 5) +
    circle(76, 62, 22, pen.paper) +
    face(pen.species, 76, 61, 0.85, pen.ink, pen.paper)
  )
}

export function nailClipper(pen: Pen): string {
  return (
    line('M104 112c-20 26-38 46-52 76', pen.main, 20) +
    line('M132 112c16 26 32 48 42 78', pen.dark, 20) +
    line('M58 180l-4 8', pen.paper, 5, faded(0.5)) +
    shape('M96 122c-8-32 0-62 26-76 8 18 6 30-4 40 14 8 20 22 16 40z', '#c3cbcd') +
    shape('M144 122c8-32 4-56-14-72-8 14-8 26 0 38-14 10-20 22-16 38z', '#e2e6e5') +
    circle(120, 114, 13, pen.ink) +
    circle(120, 114, 5, pen.light) +
    line('M112 132c6 14 14 14 20 0', '#aab3b6', 4) +
    rect(150, 60, 46, 14, 7, pen.accent) +
    line('M158 67h30', pen.paper, 2.5, 'stroke-dasharray="1 5"') +
    circle(62, 88, 22, pen.paper) +
    face(pen.species, 62, 88, 0.85, pen.ink, pen.paper)
  )
}

export function trimmer(pen: Pen): string {
  const teeth = [98, 106, 114, 122, 130, 138].map((x) => `M${x} 38v16`).join('')
  return moved(
    6,
    2,
    moved(
      0,
      0,
      line(teeth, '#9aa5a8', 5) +
        rect(90, 46, 56, 22, 5, '#c3cbcd') +
        shape(
          'M88 66h60c4 34 14 44 10 76l-8 50q-2 10-12 10h-40q-10 0-12-10l-8-50c-4-32 6-42 10-76z',
          pen.main,
        ) +
        shape(
          'M134 66h14c4 34 14 44 10 76l-8 50q-2 10-12 10h-8c12-46 14-96 4-136z',
          pen.dark,
          faded(0.3),
        ) +
        rect(106, 84, 24, 34, 12, pen.paper) +
        circle(118, 94, 6, pen.accent) +
        face(pen.species, 118, 152, 1, pen.paper, pen.main),
      0,
    ),
    8,
  )
}

export function toothbrush(pen: Pen): string {
  const finger = (x: number, y: number, colour: string) =>
    shape(`M${x - 22} ${y}v-62a22 22 0 0 1 44 0v62z`, colour) +
    oval(x, y, 22, 7, pen.paper) +
    line(
      [0, 9, 18, 27]
        .map((dy) => `M${x - 10} ${y - 66 + dy}h0M${x} ${y - 68 + dy}h0M${x + 10} ${y - 66 + dy}h0`)
        .join(''),
      pen.paper,
      5,
    )
  return (
    shape('M150 84h44l-6 100q-1 12-16 12t-16-12z', pen.paper) +
    shape('M152 104h40l-3 56h-34z', pen.accent) +
    rect(146, 74, 52, 14, 4, pen.dark) +
    rect(161, 194, 22, 12, 3, pen.dark) +
    face(pen.species, 172, 132, 0.7, pen.paper, pen.accent) +
    finger(70, 142, pen.light) +
    finger(112, 156, pen.dark) +
    finger(74, 196, pen.main)
  )
}
