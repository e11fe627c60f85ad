// Owns the drawings of scratchers, steps, mats and litter boxes.
import { face } from './faces.ts'
import { circle, faded, line, moved, oval, rect, shape, words } from './pen.ts'
import type { Pen } from './pen.ts'

const wood = '#cfa577'
const woodDark = '#a67d53'
const sisal = '#dcc298'

export function catTree(pen: Pen): string {
  const post = (x: number, y: number, height: number) =>
    rect(x, y, 18, height, 4, sisal) +
    line(
      Array.from(
        { length: Math.floor(height / 14) },
        (_, n) => `M${x + 3} ${y + 9 + n * 14}l12-3`,
      ).join(''),
      woodDark,
      1.8,
      faded(0.5),
    )
  return (
    post(76, 62, 132) +
    post(146, 100, 94) +
    rect(50, 188, 140, 14, 7, pen.dark) +
    rect(110, 128, 72, 62, 14, pen.main) +
    circle(146, 162, 21, pen.ink) +
    face('cat', 146, 164, 0.75, pen.light, pen.ink) +
    rect(108, 96, 84, 14, 7, pen.light) +
    rect(44, 128, 60, 12, 6, pen.light) +
    oval(85, 56, 42, 13, pen.main) +
    moved(85, 40, face('cat', 0, 0, 0.85, pen.ink, pen.light)) +
    shape('M43 56q42 16 84 0 0 18-20 20H62q-18-2-19-20z', pen.main) +
    line('M184 110v18', pen.ink, 2) +
    circle(184, 134, 7, pen.accent)
  )
}

export function scratchPost(pen: Pen): string {
  const turns = Array.from({ length: 11 }, (_, n) => `M95 ${72 + n * 11}q25 10 50 0`).join('')
  return (
    rect(60, 184, 120, 18, 9, pen.dark) +
    rect(92, 54, 56, 134, 8, sisal) +
    line(turns, woodDark, 2.2, faded(0.55)) +
    rect(84, 42, 72, 20, 10, pen.main) +
    line('M156 52c16 4 18 16 18 30', pen.ink, 2) +
    circle(174, 92, 11, pen.accent) +
    face('cat', 70, 160, 1.35, pen.ink, pen.light) +
    shape('M54 186c-4-12 4-16 16-14 12-2 20 2 16 14z', pen.ink)
  )
}

export function scratcher(pen: Pen): string {
  const ridges = Array.from(
    { length: 13 },
    (_, n) => `M${54 + n * 11} ${146 - Math.abs(6 - n) * 0.6}l-6 22`,
  ).join('')
  return pen.variant === 1
    ? rect(38, 128, 164, 18, 6, pen.light) +
        rect(42, 152, 156, 18, 6, pen.main) +
        rect(36, 176, 168, 24, 6, woodDark) +
        line(
          'M46 137h146M50 161h140M46 188h148',
          pen.paper,
          8,
          'stroke-dasharray="1.5 6" opacity=".6"',
        ) +
        face('cat', 120, 92, 1.7, pen.ink, pen.light) +
        line('M98 128v-8M142 128v-8', pen.ink, 14)
    : face('cat', 116, 112, 1.7, pen.ink, pen.light) +
        oval(120, 146, 88, 22, wood) +
        line(ridges, woodDark, 2, faded(0.5)) +
        shape('M32 146q88 44 176 0c2 34-34 54-88 54s-90-20-88-54z', pen.main) +
        line('M40 166q80 32 160 0M58 184q62 18 124 0', pen.light, 4, 'stroke-dasharray="2 6"') +
        line('M92 150v8M140 150v8', pen.ink, 14)
}

export function steps(pen: Pen): string {
  return (
    shape('M44 200v-40q0-8 8-8h40v-40q0-8 8-8h40V64q0-8 8-8h40q8 0 8 8v136z', pen.main) +
    shape(
      'M44 160q0-8 8-8h48v14H44zM92 112q0-8 8-8h48v14H92zM140 64q0-8 8-8h40q8 0 8 8v10h-56z',
      pen.light,
    ) +
    rect(180, 74, 16, 126, 0, pen.dark, faded(0.3)) +
    line('M56 178h30M104 134h34', pen.light, 4, 'stroke-dasharray="6 6"') +
    face('dog', 168, 36, 1.1, pen.ink, pen.light) +
    circle(168, 140, 20, pen.paper) +
    face('any', 168, 139, 0.8, pen.ink, pen.paper)
  )
}

export function mat(pen: Pen): string {
  return (
    shape('M60 88h120q8 0 11 8l26 84q3 12-9 12H32q-12 0-9-12l26-84q3-8 11-8z', pen.dark) +
    shape('M62 82h116q8 0 11 8l26 82q3 12-9 12H34q-12 0-9-12l26-82q3-8 11-8z', pen.main) +
    [
      line('M70 98h100M60 128h120M50 158h84', pen.light, 4, 'stroke-dasharray="2 12"'),
      line('M66 98h108l22 72H44z', pen.light, 3.5, 'stroke-dasharray="9 7"'),
      line('M80 98l-20 70M107 98l-7 70M133 98l7 70M160 98l13 46', pen.light, 3),
    ][pen.variant] +
    moved(
      120,
      132,
      oval(0, 0, 42, 30, pen.paper) + face(pen.species, 0, -1, 1.1, pen.ink, pen.paper),
    ) +
    words(169, 163, 11, pen.label, pen.paper)
  )
}

export function litterBox(pen: Pen): string {
  const hooded = pen.species === 'cat'
  return (
    (hooded
      ? shape('M48 146c0-60 20-84 72-84s72 24 72 84z', pen.light) +
        shape('M82 146c0-40 12-56 38-56s38 16 38 56z', pen.ink) +
        face(pen.species, 120, 128, 1.35, pen.accent, pen.ink)
      : face(pen.species, 120, 100, 1.6, pen.ink, pen.light)) +
    oval(120, 146, 84, 14, '#e6d5b8') +
    line('M70 146h6M92 150h6M120 145h6M146 151h6M166 146h6', '#b99d72', 4) +
    shape('M34 142q86 26 172 0l-12 46q-3 12-14 12H60q-11 0-14-12z', pen.main) +
    line('M36 144q84 26 168 0', pen.dark, 7) +
    line('M58 168q62 14 124 0', pen.light, 4, faded(0.8)) +
    words(120, 194, 14, pen.label, pen.paper)
  )
}

export function scoop(pen: Pen): string {
  return moved(
    120,
    120,
    moved(
      -120,
      -120,
      rect(108, 34, 24, 96, 12, pen.main) +
        circle(120, 52, 6, pen.paper) +
        shape('M78 118h84q8 0 7 8l-8 62q-2 14-16 14H95q-14 0-16-14l-8-62q-1-8 7-8z', pen.main) +
        shape('M86 130h68l-7 52q-1 8-9 8h-36q-8 0-9-8z', pen.dark, faded(0.45)) +
        (pen.variant === 0
          ? line('M98 140l3 38M112 140l1 40M127 140l-1 40M142 140l-3 38', pen.light, 5)
          : oval(120, 150, 30, 14, '#c99a62') +
            line('M102 148h0M114 154h0M126 146h0M138 152h0M120 144h0', '#a5763f', 9)) +
        line('M114 66v50', pen.paper, 3, faded(0.5)),
    ) +
      moved(
        -58,
        -38,
        circle(0, 0, 23, pen.paper) + face(pen.species, 0, -1, 0.85, pen.ink, pen.paper),
        -28,
      ),
    28,
  )
}
