// Owns the drawings for going out: leashes, harnesses, carriers, bottles, coats.
import { face } from './faces.ts'
import { circle, faded, line, moved, oval, rect, shape, words } from './pen.ts'
import type { Pen } from './pen.ts'

const steel = '#aeb7ba'

export function retractable(pen: Pen): string {
  return (
    line('M164 120c30 0 36 24 20 40s-6 34 14 32', pen.accent, 7) +
    shape('M56 104c0-40 34-60 70-58s52 30 48 68-26 56-58 60c-40 4-60-30-60-70z', pen.main) +
    shape('M100 94c10-14 38-14 44 2 4 14-6 30-22 30s-30-18-22-32z', pen.paper, faded(0.92)) +
    shape(
      'M56 104c0 40 20 74 60 70 32-4 54-22 58-60 4 44-18 80-60 84-44 2-60-40-58-94z',
      pen.dark,
    ) +
    rect(70, 60, 32, 16, 8, pen.accent, 'transform="rotate(-36 86 68)"') +
    face(pen.species, 122, 108, 0.6, pen.ink, pen.paper) +
    words(112, 158, 18, pen.label, pen.paper) +
    circle(198, 192, 8, 'none', `stroke="${steel}" stroke-width="5"`)
  )
}

export function leash(pen: Pen): string {
  return (
    line(
      'M96 84c-40-50 60-64 36 0-20 54-88 50-76 92 8 26 60 24 72-6 10-24 32-34 52-14',
      pen.main,
      13,
    ) +
    line(
      'M96 84c-40-50 60-64 36 0-20 54-88 50-76 92 8 26 60 24 72-6 10-24 32-34 52-14',
      pen.light,
      3,
      'stroke-dasharray="8 8"',
    ) +
    rect(86, 78, 42, 18, 6, pen.dark, 'transform="rotate(20 107 87)"') +
    line('M182 158l8 10', steel, 9) +
    line('M190 168c16 4 16 24 2 26-10 1-14-8-8-16', steel, 6) +
    circle(168, 84, 27, pen.paper) +
    face(pen.species, 168, 83, 1, pen.ink, pen.paper)
  )
}

export function harness(pen: Pen): string {
  return (
    line('M70 84C62 50 178 50 170 84', pen.dark, 15) +
    line('M60 128c-18 34-6 58 24 64h72c30-6 42-30 24-64', pen.dark, 15) +
    shape(
      'M68 82c20-12 30 8 52 8s32-20 52-8c14 14 18 46 4 64-16 16-38 22-56 22s-40-6-56-22c-14-18-10-50 4-64z',
      pen.main,
    ) +
    shape(
      'M80 94c14-6 24 8 40 8s26-14 40-8c8 12 8 30 0 42-12 12-26 16-40 16s-28-4-40-16c-8-12-8-30 0-42z',
      pen.light,
    ) +
    face(pen.species, 120, 124, 1.15, pen.ink, pen.light) +
    circle(120, 84, 9, 'none', `stroke="${steel}" stroke-width="5"`) +
    rect(106, 180, 28, 24, 6, pen.ink) +
    line('M113 192h14', pen.paper, 3, faded(0.7)) +
    line(
      'M66 150c-6 16-2 26 10 32M174 150c6 16 2 26-10 32',
      pen.light,
      2.5,
      'stroke-dasharray="5 5"',
    ) +
    words(178, 66, 17, pen.label, pen.ink)
  )
}

export function collar(pen: Pen): string {
  return (
    oval(120, 112, 74, 46, 'none', `stroke="${pen.dark}" stroke-width="22"`) +
    shape('M36 112a84 57 0 0 0 168 0h-22a62 35 0 0 1-124 0z', pen.main) +
    line('M48 126c20 44 124 44 144 0', pen.light, 3, 'stroke-dasharray="7 7"') +
    rect(
      42,
      124,
      32,
      30,
      6,
      'none',
      'stroke="#d9b25c" stroke-width="6" transform="rotate(38 58 139)"',
    ) +
    circle(120, 170, 8, 'none', `stroke="${steel}" stroke-width="5"`) +
    circle(120, 192, 20, '#e7c36b') +
    circle(120, 192, 20, pen.accent, faded(0.25)) +
    face(pen.species, 120, 192, 0.7, pen.ink, '#e7c36b')
  )
}

export function tag(pen: Pen): string {
  const fob = (turn: number, colour: string, mark: string) =>
    moved(
      120,
      66,
      shape(
        'M-24 44c-10-14 6-30 18-20h12c12-10 28 6 18 20 20 14 20 72-24 78-44-6-44-64-24-78z',
        colour,
      ) + mark,
      turn,
    )
  return (
    fob(26, pen.light, '') +
    fob(
      -10,
      pen.main,
      face(pen.species, 0, 76, 1.15, pen.paper, pen.main) +
        line('M-18 104h36', pen.paper, 3, faded(0.6)),
    ) +
    circle(120, 66, 22, 'none', `stroke="${steel}" stroke-width="6"`) +
    circle(126, 90, 4, pen.paper)
  )
}

export function waterBottle(pen: Pen): string {
  return moved(
    124,
    124,
    moved(
      -120,
      -120,
      shape('M84 40c-20 30-6 60 18 62h36c24-2 38-32 18-62-20-16-52-16-72 0z', pen.main) +
        shape('M94 46c-12 22-4 44 12 46h28c16-2 24-24 12-46-14-10-38-10-52 0z', pen.light) +
        shape('M96 70q24 12 48 0c0 12-4 20-10 22h-28c-6-2-10-10-10-22z', '#bfe0ee') +
        rect(94, 100, 52, 14, 5, pen.ink) +
        rect(88, 112, 64, 90, 18, pen.paper) +
        rect(88, 146, 64, 56, 18, '#bfe0ee') +
        rect(108, 106, 24, 12, 6, pen.accent) +
        face(pen.species, 120, 150, 0.95, pen.ink, pen.paper) +
        words(120, 188, 12, pen.label, pen.ink) +
        line('M97 126v60', pen.paper, 4, faded(0.8)),
    ),
    14,
  )
}

export function raincoat(pen: Pen): string {
  return (
    shape('M84 96c0-40 72-40 72 0l-10 18H94z', pen.dark) +
    shape('M94 100c0-24 52-24 52 0l-8 10h-36z', pen.ink, faded(0.75)) +
    shape(
      'M92 104h56l38 24q8 6 4 14l-10 20-18-10 8 40q1 8-8 8H78q-9 0-8-8l8-40-18 10-10-20q-4-8 4-14z',
      pen.main,
    ) +
    shape('M70 168h100l4 20q1 12-12 12H78q-13 0-12-12z', pen.light, faded(0.8)) +
    line('M74 172h92', pen.paper, 6) +
    line('M120 108v54', pen.dark, 2.5) +
    circle(120, 124, 4, pen.accent) +
    circle(120, 146, 4, pen.accent) +
    circle(146, 140, 14, pen.paper) +
    face(pen.species, 146, 140, 0.5, pen.ink, pen.paper) +
    shape(
      'M52 62c6 9 9 13 9 18a9 9 0 0 1-18 0c0-5 3-9 9-18zM196 70c6 9 9 13 9 18a9 9 0 0 1-18 0c0-5 3-9 9-18z',
      '#9cc6dd',
    )
  )
}

export function backpack(pen: Pen): string {
  return (
    line('M96 56c0-22 48-22 48 0', pen.ink, 8) +
    rect(46, 120, 26, 64, 12, pen.dark) +
    rect(168, 120, 26, 64, 12, pen.dark) +
    rect(60, 52, 120, 150, 44, pen.main) +
    shape(
      'M148 53c22 6 32 20 32 43v62c0 26-12 40-34 44 20-40 22-108 2-149z',
      pen.dark,
      faded(0.22),
    ) +
    circle(120, 116, 45, pen.dark) +
    circle(120, 116, 39, '#d9edf3') +
    face(pen.species, 120, 126, 1.5, pen.ink, '#d9edf3') +
    line('M92 104c4-12 12-18 22-20', pen.paper, 6, faded(0.9)) +
    rect(84, 170, 72, 22, 11, pen.light) +
    line('M92 181h56', pen.dark, 2.5, 'stroke-dasharray="4 4"') +
    circle(80, 72, 4, pen.ink, faded(0.5)) +
    circle(160, 72, 4, pen.ink, faded(0.5))
  )
}

export function carrier(pen: Pen): string {
  return (
    line('M84 96c0-50 72-50 72 0', pen.dark, 9) +
    rect(40, 88, 160, 110, 26, pen.main) +
    rect(40, 164, 160, 34, 17, pen.dark, faded(0.5)) +
    rect(62, 106, 116, 66, 20, pen.ink) +
    face(pen.species, 120, 146, 1.35, pen.light, pen.ink) +
    line(
      'M78 106v66M99 106v66M141 106v66M162 106v66M62 128h116M62 150h116',
      pen.paper,
      1.2,
      faded(0.35),
    ) +
    line('M52 96q68-8 136 0', pen.light, 3, 'stroke-dasharray="6 5"') +
    rect(104, 180, 32, 10, 5, pen.accent)
  )
}

export function crate(pen: Pen): string {
  return (
    line('M96 76c0-20 48-20 48 0', pen.ink, 9) +
    shape('M46 138l10-50q2-12 16-12h96q14 0 16 12l10 50z', pen.light) +
    rect(42, 134, 156, 64, 16, pen.main) +
    rect(38, 130, 164, 12, 6, pen.dark) +
    rect(80, 92, 80, 92, 14, pen.ink) +
    face(pen.species === 'any' ? 'dog' : pen.species, 120, 142, 1.3, pen.light, pen.ink) +
    line('M94 94v88M107 94v88M120 94v88M133 94v88M146 94v88M82 116h76M82 160h76', '#c9d0d2', 3) +
    rect(150, 130, 14, 22, 5, pen.accent) +
    line('M56 156h12M56 168h12M172 156h12M172 168h12', pen.dark, 5)
  )
}

export function stroller(pen: Pen): string {
  const wheel = (x: number) => circle(x, 188, 17, pen.ink) + circle(x, 188, 8, pen.light)
  return (
    line('M176 132L208 66', pen.ink, 8) +
    line('M196 66h18', pen.dark, 10) +
    line('M62 140l8 44M168 140l-6 44M70 184h92', pen.ink, 6) +
    shape('M46 112a68 62 0 0 1 84-56l-14 56z', pen.dark) +
    line('M84 66l14 46', pen.paper, 2, faded(0.4)) +
    face(pen.species === 'any' ? 'dog' : pen.species, 146, 98, 1.3, '#b98a5e', pen.paper) +
    shape('M44 110h148l-14 40q-4 12-18 12H78q-14 0-20-12z', pen.main) +
    shape('M50 128h136l-8 22q-4 12-18 12H78q-14 0-20-12z', pen.dark, faded(0.25)) +
    rect(96, 124, 44, 24, 10, pen.light) +
    wheel(72) +
    wheel(162)
  )
}
