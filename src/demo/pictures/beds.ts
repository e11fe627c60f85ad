// Owns the drawings of beds, with somebody asleep in them.
import { face } from './faces.ts'
import { circle, faded, line, moved, oval, rect, shape, words } from './pen.ts'
import type { Pen } from './pen.ts'

const wood = '#cfa577'
const woodDark = '#a67d53'
const furs = ['#c79a72', '#b9b1aa', '#e3a868']

/** An animal that sleeps curled up, for beds. */
function sleeper(pen: Pen, x: number, y: number, scale = 1): string {
  const fur = furs[pen.variant] ?? wood
  return moved(
    x,
    y,
    shape('M-40 18C-44-14-18-34 10-30c28 4 42 24 38 44-2 10-10 14-20 14h-52q-14 0-16-10z', fur) +
      line('M10 26c18 2 32-4 34-18', '#6b4a35', 2, faded(0.35)) +
      line('M16-22c-4 8-4 14-2 20M28-16c-3 6-3 10-1 16', '#6b4a35', 5, faded(0.22)) +
      (pen.species === 'dog' ? dogHead(fur) : catHead(fur)) +
      line('M-45 8q4 4 8 0M-31 8q4 4 8 0M-36 15l2 2 2-2', '#5b4030', 2),
    0,
    scale,
  )
}

const catHead = (fur: string) =>
  shape(
    'M-52 12c-2-10-3-20-1-30 4-1 8 3 11 8q8-3 16 0c3-5 7-9 11-8 2 10 1 20-1 30-3 10-10 14-18 14s-15-4-18-14z',
    fur,
  ) + shape('M-50-12c3 0 5 3 7 6l-6 3zM-18-12c-3 0-5 3-7 6l6 3z', '#f3c4b4', faded(0.8))

const dogHead = (fur: string) =>
  oval(-34, 8, 18, 18, fur) +
  shape(
    'M-46-8c-8 0-12 10-10 22 6 6 12-4 14-16zM-22-8c8 0 12 10 10 22-6 6-12-4-14-16z',
    '#6b4a35',
    faded(0.55),
  )

export function roundBed(pen: Pen): string {
  return (
    oval(120, 158, 88, 42, pen.dark) +
    oval(120, 150, 88, 42, pen.main) +
    line(
      'M36 150q8-10 4-18M52 128q10-4 12-12M196 132q-6-8-2-16M204 152q-8-8-4-18M84 114q8 0 14-6M150 112q10 2 16-4',
      pen.light,
      5,
    ) +
    oval(120, 142, 62, 26, pen.light) +
    sleeper(pen, 122, 126) +
    shape('M32 152q88 56 176 0c0 24-40 48-88 48s-88-24-88-48z', pen.main) +
    line(
      'M58 178q6 6 4 12M92 188q2 8-2 10M124 190q6 4 4 10M156 184q6 4 6 10M184 172q6 4 6 8',
      pen.light,
      4,
    ) +
    words(120, 187, 14, pen.label, pen.ink)
  )
}

export function caveBed(pen: Pen): string {
  return (
    shape('M44 184c-8-68 26-126 76-126s84 58 76 126q-2 16-18 16H62q-16 0-18-16z', pen.main) +
    shape('M150 66c34 18 50 66 46 118q-2 16-18 16h-20c22-44 16-96-8-134z', pen.dark, faded(0.25)) +
    (pen.variant === 0
      ? line('M92 66q28 22 56 0M62 100q10 8 22 4', pen.light, 4, 'stroke-dasharray="3 7"')
      : line('M66 108c8-16 18-26 30-34', pen.paper, 5, faded(0.4))) +
    circle(120, 56, 12, pen.accent) +
    shape('M76 186c-4-40 14-72 44-72s48 32 44 72z', pen.ink) +
    face(pen.species, 120, 154, 1.4, pen.light, pen.ink) +
    oval(120, 188, 54, 12, pen.paper) +
    oval(120, 190, 54, 10, pen.light)
  )
}

export function sofaBed(pen: Pen): string {
  return (
    rect(40, 88, 160, 90, 34, pen.dark) +
    rect(54, 104, 132, 60, 22, pen.main) +
    line('M78 106v40M102 104v40M138 104v40M162 106v40', pen.dark, 2, faded(0.35)) +
    sleeper(pen, 122, 132, 1.05) +
    rect(32, 112, 34, 84, 17, pen.main) +
    rect(174, 112, 34, 84, 17, pen.main) +
    rect(50, 152, 140, 42, 18, pen.light) +
    line('M66 162h108', pen.paper, 3, faded(0.7)) +
    line('M60 196v6M180 196v6', woodDark, 10) +
    words(120, 184, 15, pen.label, pen.ink)
  )
}

export function tent(pen: Pen): string {
  return (
    line('M128 40L56 200M112 40l72 160', woodDark, 6) +
    shape('M120 56L60 196h120z', pen.main) +
    shape('M120 56l60 140h-34c2-50-8-100-26-140z', pen.dark, faded(0.25)) +
    shape('M120 96c-18 30-30 66-34 100h68c-4-34-16-70-34-100z', pen.ink) +
    face(pen.species === 'any' ? 'cat' : pen.species, 120, 166, 1.25, pen.light, pen.ink) +
    shape(
      'M120 96c-18 30-30 66-34 100h-14c12-40 28-74 48-100zM120 96c18 30 30 66 34 100h14c-12-40-28-74-48-100z',
      pen.paper,
    ) +
    line('M84 70q36 22 74 0', pen.ink, 1.5) +
    shape('M92 74l4 14 8-9zM114 80l6 13 7-13zM138 79l7 10 5-14z', pen.accent) +
    rect(52, 190, 136, 12, 6, pen.paper)
  )
}

export function hammock(pen: Pen): string {
  return (
    rect(38, 36, 164, 160, 12, '#d6e8ef') +
    line('M120 36v160M38 100h164', '#fffaf2', 7) +
    rect(38, 36, 164, 160, 12, 'none', 'stroke="#fffaf2" stroke-width="9"') +
    circle(170, 70, 13, '#f4d685') +
    line('M64 84l-6 62M176 84l8 62', pen.ink, 2.5) +
    circle(64, 82, 9, pen.accent) +
    circle(176, 82, 9, pen.accent) +
    sleeper(pen, 122, 130, 1.1) +
    shape('M50 142q70 18 142 0c6 16-8 32-22 34q-50 8-100 0c-14-2-26-18-20-34z', pen.main) +
    line('M62 156q58 14 118 0', pen.light, 4, 'stroke-dasharray="8 7"')
  )
}
