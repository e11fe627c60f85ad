// Owns the drawings of toys.
import { face } from './faces.ts'
import { circle, faded, line, moved, oval, rect, shape, words } from './pen.ts'
import type { Pen } from './pen.ts'

export function ball(pen: Pen): string {
  const small = (x: number, y: number, r: number, colour: string) =>
    circle(x, y, r, colour) +
    line(
      `M${x - r * 0.8} ${y - r * 0.5}q${r * 0.8} ${r * 0.7} ${r * 1.6} 0`,
      pen.paper,
      3,
      faded(0.8),
    )
  return (
    small(66, 178, 21, pen.accent) +
    small(178, 182, 17, pen.light) +
    circle(120, 138, 61, pen.main) +
    shape('M120 77a61 61 0 0 1 34 112c14-40 4-82-34-112z', pen.dark, faded(0.22)) +
    [
      line('M66 112c34 24 76 24 108 0M66 166c34-22 76-22 108 0', pen.paper, 6),
      line('M86 88c26 34 26 68 0 100M154 88c-26 34-26 68 0 100', pen.paper, 6),
      line('M62 124c40 12 80 12 117 0M62 150c40 12 80 12 117 0', pen.light, 9),
    ][pen.variant] +
    circle(120, 138, 27, pen.paper) +
    face(pen.species, 120, 137, 1, pen.ink, pen.paper) +
    line('M78 108c6-10 14-16 24-19', pen.paper, 6, faded(0.6))
  )
}

export function wand(pen: Pen): string {
  const feather = (turn: number, colour: string) =>
    moved(
      158,
      112,
      shape('M0 0C-14 22-14 52 0 76 14 52 14 22 0 0z', colour) +
        line('M0 4v62', pen.paper, 2, faded(0.8)),
      turn,
    )
  return (
    line('M50 194L128 62', pen.dark, 7) +
    line('M50 194l20-34', pen.ink, 13) +
    line('M128 62c14-20 34-14 32 10-1 14-6 20-2 34', pen.ink, 2.5) +
    feather(34, pen.light) +
    feather(-32, pen.accent) +
    feather(0, pen.main) +
    circle(158, 114, 10, '#f0c860') +
    line('M158 116v7', pen.ink, 2.5) +
    circle(158, 115, 2.2, pen.ink) +
    face(pen.species, 84, 84, 0.8, pen.main, pen.paper)
  )
}

export function plushFish(pen: Pen): string {
  return (
    shape(
      'M50 138c26-50 92-58 124-10l26-26c10 20 10 60 0 78l-28-24c-34 42-96 36-122-18z',
      pen.main,
    ) +
    shape('M64 156c30 22 76 22 106-2-34 44-92 36-116-10z', pen.dark, faded(0.3)) +
    shape('M104 97c10-20 34-24 48-14-8 6-8 16-6 22z', pen.dark) +
    shape('M112 178c8 16 26 20 38 12-6-4-6-12-4-18z', pen.dark) +
    line('M96 108c14 20 14 42 0 60', pen.paper, 4) +
    line('M118 122q8 8 0 16M138 114q8 8 0 16M138 142q8 8 0 16M118 150q7 6 0 12', pen.light, 4) +
    circle(76, 130, 8, pen.paper) +
    circle(75, 130, 4, pen.ink) +
    line('M56 148q8 6 16 3', pen.ink, 2.5) +
    line('M188 118l8-8M190 138h10M188 160l8 8', pen.light, 3, 'stroke-dasharray="4 3"') +
    circle(60, 82, 20, pen.paper) +
    face(pen.species, 60, 81, 0.75, pen.ink, pen.paper)
  )
}

export function plushBird(pen: Pen): string {
  return (
    shape(
      'M62 152c0-44 30-72 66-72 36 0 56 28 56 60 0 40-28 60-62 60-36 0-60-18-60-48z',
      pen.main,
    ) +
    shape('M90 150c10 34 50 44 76 20-8 22-26 30-46 30-34 0-56-16-58-44z', pen.light) +
    shape('M78 142c30-20 62-4 66 26-30 16-62 6-66-26z', pen.dark) +
    line('M92 148c14 0 28 6 36 16M100 162c8 0 16 4 20 8', pen.light, 3) +
    shape('M182 122l26 8-26 12z', '#eeb54c') +
    circle(158, 116, 7, pen.paper) +
    circle(160, 116, 3.8, pen.ink) +
    shape('M118 82c-4-14 2-24 12-26-2 8 2 12 8 12-2 6-2 10 0 14z', pen.accent) +
    shape('M64 160c-12 4-22 2-28-4 10-2 16-8 24-18z', pen.dark) +
    line('M112 198v8M136 198v8', '#e09a3f', 5) +
    line('M196 92q8-8 8-18M184 84q5-5 5-12', pen.accent, 4, faded(0.7)) +
    circle(62, 86, 20, pen.paper) +
    face(pen.species, 62, 85, 0.75, pen.ink, pen.paper)
  )
}

export function mouse(pen: Pen): string {
  return (
    line('M180 178c24 4 30-18 16-28-12-8-26 0-24-16', pen.accent, 5) +
    shape('M44 186c-4-50 40-84 84-76 42 8 60 44 56 72q-1 16-18 16H62q-16 0-18-12z', pen.main) +
    shape(
      'M44 186c60 10 100 4 140-20 1 6 1 11 0 16q-1 16-18 16H62q-16 0-18-12z',
      pen.dark,
      faded(0.3),
    ) +
    circle(92, 112, 23, pen.dark) +
    circle(92, 112, 14, pen.light) +
    circle(128, 106, 20, pen.dark) +
    circle(128, 106, 12, pen.light) +
    circle(76, 154, 6, pen.ink) +
    circle(74, 152, 2, pen.paper) +
    circle(45, 178, 7, pen.accent) +
    line('M58 180l-22-8M58 185l-24 2', pen.ink, 1.8) +
    line('M120 136c20 8 34 22 40 42', pen.light, 4, 'stroke-dasharray="2 8"') +
    line('M148 104l14-16M154 82l16 12', pen.ink, 6)
  )
}

export function track(pen: Pen): string {
  const tier = (y: number, rx: number, colour: string) =>
    oval(120, y + 14, rx, 21, pen.dark) +
    oval(120, y + 4, rx, 21, colour) +
    oval(120, y, rx - 14, 13, pen.paper, faded(0.75))
  return (
    tier(176, 74, pen.main) +
    circle(68, 172, 9, pen.accent) +
    tier(136, 60, pen.light) +
    circle(158, 140, 9, '#e78f74') +
    tier(98, 46, pen.main) +
    circle(92, 98, 8, '#7aa9cd') +
    rect(114, 70, 12, 28, 5, pen.dark) +
    circle(120, 60, 22, pen.accent) +
    face(pen.species, 120, 59, 0.85, pen.paper, pen.accent)
  )
}

export function tunnel(pen: Pen): string {
  return (
    shape('M84 86h84q32 0 32 57t-32 57H84z', pen.main) +
    shape('M110 86h22q24 0 24 57t-24 57h-22q22-6 22-57t-22-57z', pen.light) +
    shape('M174 87q26 4 26 56t-26 56q14-14 14-56t-14-56z', pen.dark, faded(0.4)) +
    circle(144, 118, 15, pen.ink) +
    circle(84, 143, 57, pen.dark) +
    circle(84, 143, 47, pen.ink) +
    face(pen.species, 86, 154, 1.45, pen.accent, pen.ink) +
    line('M40 108a57 57 0 0 1 44-22', pen.paper, 4, faded(0.5)) +
    line('M84 86V70', pen.ink, 2.5) +
    circle(84, 66, 8, pen.accent)
  )
}

export function rope(pen: Pen): string {
  const knot = (x: number, y: number) =>
    circle(x, y, 24, pen.main) +
    line(`M${x - 18} ${y - 8}q18 18 34 2M${x - 14} ${y + 12}q14 8 26-4`, pen.paper, 5) +
    line(`M${x - 10} ${y - 18}q4 18 20 30`, pen.accent, 5)
  return (
    line('M58 156l-20 18M62 170l-12 24M50 148l-18 6', pen.light, 9) +
    line('M184 104l20-18M180 90l10-24M192 112l18-4', pen.light, 9) +
    line('M74 152L166 108', pen.light, 30) +
    line('M84 160l10-26M104 151l10-26M124 141l10-26M144 132l10-26', pen.main, 8) +
    line('M94 157l10-26M114 147l10-26M134 137l10-26', pen.accent, 5) +
    knot(66, 156) +
    knot(174, 104) +
    circle(168, 172, 24, pen.paper) +
    face(pen.species, 168, 171, 0.9, pen.ink, pen.paper)
  )
}

export function disc(pen: Pen): string {
  return (
    oval(120, 150, 82, 44, pen.dark) +
    oval(120, 142, 82, 44, pen.main) +
    oval(120, 140, 62, 31, pen.light) +
    oval(120, 141, 52, 25, pen.main) +
    moved(120, 138, face(pen.species, 0, 0, 1, pen.paper, pen.main)) +
    line('M52 130c8-16 24-24 42-28', pen.paper, 6, faded(0.6)) +
    line('M36 92c20-14 42-20 66-20M62 74c12-6 26-10 40-10', pen.accent, 5, faded(0.7))
  )
}

export function duck(pen: Pen): string {
  return (
    shape(
      'M46 150c16 4 34-4 46-16 30-20 96-14 106 20 6 28-16 46-50 46H98c-34 0-54-18-52-50z',
      pen.main,
    ) +
    shape(
      'M50 172c40 20 100 18 146-6-2 22-22 34-48 34H98c-26 0-42-10-48-28z',
      pen.dark,
      faded(0.25),
    ) +
    shape('M112 152c24-14 60-6 64 16-24 18-58 12-64-16z', pen.dark, faded(0.65)) +
    circle(84, 102, 38, pen.main) +
    shape('M48 108c-16-2-24 4-24 10 0 8 14 10 28 6z', '#e88b4e') +
    circle(76, 94, 6, pen.ink) +
    circle(74, 92, 2, pen.paper) +
    oval(90, 112, 8, 5, pen.accent, faded(0.5)) +
    line('M84 64q2-12 12-14', pen.dark, 5) +
    line('M58 132q26 16 52 0', pen.accent, 9) +
    line('M128 160q14-4 26 2M134 170q10-2 18 0', pen.light, 3) +
    circle(188, 96, 20, pen.paper) +
    face(pen.species, 188, 95, 0.75, pen.ink, pen.paper)
  )
}

export function feederToy(pen: Pen): string {
  return (
    moved(
      120,
      134,
      shape(
        'M-30-62h60c10 0 10 10 12 22 4 18 20 30 20 56 0 30-28 50-62 50s-62-20-62-50c0-26 16-38 20-56 2-12 2-22 12-22z',
        pen.main,
      ) +
        shape('M-62 16h124c0 30-28 50-62 50s-62-20-62-50z', pen.dark) +
        oval(0, -62, 31, 9, pen.light) +
        circle(0, -14, 23, pen.paper) +
        face(pen.species, 0, -15, 0.9, pen.ink, pen.paper) +
        rect(-14, 28, 28, 14, 7, pen.ink) +
        line('M-44-20c-6 12-10 18-10 28', pen.paper, 5, faded(0.5)),
      -8,
    ) +
    circle(176, 190, 6, '#c98f55') +
    circle(194, 194, 5, '#b97d45') +
    circle(60, 194, 5, '#c98f55')
  )
}

export function chewRing(pen: Pen): string {
  return (
    shape(
      'M120 56c22 0 26 26 36 48 12 24 30 36 30 58 0 28-30 42-66 42s-66-14-66-42c0-22 18-34 30-58 10-22 14-48 36-48z',
      pen.dark,
    ) +
    shape(
      'M120 66c16 0 20 22 30 44 12 22 26 34 26 52 0 22-26 34-56 34s-56-12-56-34c0-18 14-30 26-52 10-22 14-44 30-44z',
      pen.light,
    ) +
    circle(120, 152, 31, '#b98a5e') +
    circle(120, 152, 31, pen.paper, faded(0.1)) +
    face(pen.species, 120, 151, 1.1, pen.paper, '#b98a5e') +
    line('M96 104c6-12 10-22 16-28', pen.paper, 5, faded(0.7)) +
    shape('M120 58c2-14 12-22 24-20-2 12-10 20-24 20z', '#7f9a57') +
    words(166, 70, 14, pen.label, pen.ink)
  )
}
