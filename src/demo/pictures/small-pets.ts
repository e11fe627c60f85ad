// Owns the drawings for small animals, fish and birds: cages, wheels, tanks and what belongs in them.
import { face } from './faces.ts'
import { circle, faded, line, moved, oval, rect, shape, words } from './pen.ts'
import type { Pen } from './pen.ts'

const water = '#bfe0ec'
const wood = '#cfa577'
const woodDark = '#a67d53'

export function aquarium(pen: Pen): string {
  const fish = (x: number, y: number, colour: string, scale: number) =>
    face('fish', x, y, scale, colour, pen.paper)
  return (
    rect(38, 66, 164, 132, 10, pen.paper, faded(0.7)) +
    shape('M44 92q38-8 76 0t76 0v90q0 10-10 10H54q-10 0-10-10z', water) +
    shape('M44 172q30-14 66-4t86-2v16q0 10-10 10H54q-10 0-10-10z', '#dfc79d') +
    line('M70 176c-10-20 8-28-2-50M84 178c-4-14 8-24 2-38', '#7fa56a', 7) +
    line('M172 174c10-18-6-26 2-44', '#98b077', 7) +
    oval(140, 176, 17, 10, '#a9a39a') +
    oval(158, 180, 10, 6, '#c4bfb5') +
    fish(112, 124, '#ec9164', 0.95) +
    fish(150, 148, pen.dark, 0.6) +
    circle(88, 108, 4, pen.paper, faded(0.9)) +
    circle(94, 98, 2.5, pen.paper, faded(0.9)) +
    rect(38, 66, 164, 132, 10, 'none', `stroke="${pen.dark}" stroke-width="5"`) +
    rect(46, 52, 148, 14, 7, pen.main) +
    line('M52 80v100', pen.paper, 5, faded(0.8))
  )
}

export function filterPump(pen: Pen): string {
  return (
    rect(84, 52, 58, 54, 14, pen.main) +
    line('M142 72h26q10 0 10 10v12', pen.dark, 11) +
    rect(80, 100, 66, 96, 12, pen.dark) +
    line('M96 116v64M108 116v64M120 116v64M132 116v64', pen.light, 4) +
    oval(80, 126, 7, 12, pen.accent) +
    oval(80, 164, 7, 12, pen.accent) +
    circle(113, 78, 17, pen.paper) +
    face(pen.species, 113, 78, 0.65, pen.ink, pen.paper) +
    circle(180, 112, 7, water) +
    circle(194, 128, 5, water) +
    circle(180, 142, 9, water) +
    circle(196, 160, 6, water) +
    line('M112 52c0-24 30-16 46-26', pen.ink, 4) +
    words(113, 193, 12, pen.label, pen.paper)
  )
}

export function heater(pen: Pen): string {
  return moved(
    120,
    122,
    moved(
      -120,
      -120,
      line('M120 40c0-18 26-10 40-22', pen.ink, 4) +
        rect(102, 38, 36, 34, 10, pen.ink) +
        circle(120, 55, 6, pen.accent) +
        rect(104, 70, 32, 128, 16, '#e9eef0') +
        line('M112 90l16 9-16 9 16 9-16 9 16 9-16 9', pen.main, 5) +
        rect(104, 150, 32, 48, 16, pen.main, faded(0.55)) +
        line('M110 80v100', pen.paper, 4, faded(0.9)) +
        oval(98, 100, 7, 11, pen.dark) +
        oval(98, 172, 7, 11, pen.dark),
    ) +
      circle(54, 30, 24, pen.paper, 'transform="rotate(-12 54 30)"') +
      moved(54, 30, face(pen.species, 0, 0, 0.85, pen.ink, pen.paper), -12),
    12,
  )
}

export function turtleTank(pen: Pen): string {
  return (
    rect(34, 98, 172, 100, 12, pen.paper, faded(0.7)) +
    shape('M40 142q40-8 80 0t80 0v40q0 10-10 10H50q-10 0-10-10z', water) +
    shape('M40 176q60-10 160 0v6q0 10-10 10H50q-10 0-10-10z', '#dcc59c') +
    shape('M104 192c4-30 20-46 40-52h56v52z', '#b9ad98') +
    rect(128, 130, 72, 12, 5, woodDark) +
    moved(158, 112, face('turtle', 0, 0, 1.15, pen.dark, pen.paper)) +
    line('M182 130v-50', '#7fa56a', 5) +
    shape(
      'M182 82c-20-16-34-4-38 8 14-6 26-4 38-8zM182 82c2-22 18-24 28-16-12 2-18 8-28 16zM182 82c-10-18-4-28 6-32 0 12-2 20-6 32z',
      '#86ab6c',
    ) +
    circle(70, 160, 4, pen.paper) +
    circle(78, 150, 3, pen.paper) +
    rect(34, 98, 172, 100, 12, 'none', `stroke="${pen.main}" stroke-width="6"`) +
    words(74, 184, 13, pen.label, pen.ink)
  )
}

const bars = (from: number, to: number, step: number, top: number, bottom: number) => {
  const count = Math.floor((to - from) / step) + 1
  return Array.from({ length: count }, (_, n) => `M${from + n * step} ${top}V${bottom}`).join('')
}

export function cage(pen: Pen): string {
  return (
    rect(44, 60, 152, 120, 16, pen.paper, faded(0.75)) +
    circle(84, 142, 27, 'none', `stroke="${pen.accent}" stroke-width="7"`) +
    line('M84 120v44M64 142h40', pen.accent, 3, faded(0.7)) +
    rect(116, 108, 80, 8, 4, pen.dark) +
    line('M122 114l-22 44', pen.dark, 5) +
    shape('M146 84l22-14 22 14v24h-44z', wood) +
    circle(168, 98, 8, woodDark) +
    face(pen.species, 150, 154, 1.1, '#b98a5e', pen.paper) +
    line(bars(56, 188, 12, 62, 178), pen.main, 2.2, faded(0.75)) +
    rect(44, 60, 152, 120, 16, 'none', `stroke="${pen.main}" stroke-width="6"`) +
    shape('M36 166h168l-6 24q-3 10-12 10H54q-9 0-12-10z', pen.dark) +
    line('M104 60c0-16 32-16 32 0', pen.dark, 6)
  )
}

export function wheel(pen: Pen): string {
  const spokes = Array.from({ length: 6 }, (_, n) =>
    moved(120, 114, line('M0 0v-62', pen.light, 5), n * 60),
  )
  return (
    line('M120 114l-44 84M120 114l44 84', pen.dark, 12) +
    circle(120, 114, 68, pen.paper, faded(0.6)) +
    spokes.join('') +
    circle(120, 114, 66, 'none', `stroke="${pen.main}" stroke-width="15"`) +
    circle(120, 114, 73, 'none', `stroke="${pen.dark}" stroke-width="3"`) +
    face(pen.species, 122, 146, 1.45, '#b98a5e', pen.paper) +
    circle(120, 106, 12, pen.accent) +
    rect(56, 192, 128, 12, 6, pen.dark)
  )
}

export function hideout(pen: Pen): string {
  return (
    rect(58, 110, 124, 88, 6, wood) +
    line('M58 132h124M58 154h124M58 176h124', woodDark, 2, faded(0.5)) +
    shape('M92 198v-38a28 28 0 0 1 56 0v38z', '#5b4030') +
    face(pen.species, 120, 176, 1.2, '#e3b583', '#5b4030') +
    shape('M40 116l70-58q10-8 20 0l70 58q6 8-4 10H44q-10-2-4-10z', pen.dark) +
    line('M62 112l56-46M82 114l38-32M142 114l-22-18', pen.light, 3, faded(0.6)) +
    circle(164, 148, 10, '#5b4030') +
    line('M40 200q10-10 22-2M178 200q8-12 24-2', '#dcb572', 6)
  )
}

export function dripBottle(pen: Pen): string {
  return (
    rect(98, 30, 44, 16, 6, pen.dark) +
    shape(
      'M92 44h56q10 0 10 12v78q0 14-14 14H96q-14 0-14-14V56q0-12 10-12z',
      pen.paper,
      faded(0.85),
    ) +
    shape('M82 78q19-8 38 0t38 0v56q0 14-14 14H96q-14 0-14-14z', water) +
    rect(92, 146, 56, 22, 8, pen.main) +
    line('M120 166v14q0 14 18 18', '#aeb7ba', 10) +
    circle(142, 200, 6, '#7f8a8e') +
    face(pen.species, 120, 112, 1.05, pen.ink, water) +
    line('M90 58v74', pen.paper, 5) +
    line('M158 66h12M158 78h8M158 90h12M158 102h8M158 114h12', pen.dark, 3, faded(0.6)) +
    shape('M160 190c5 8 8 11 8 15a8 8 0 0 1-16 0c0-4 3-7 8-15z', '#8fc3da')
  )
}

export function birdCage(pen: Pen): string {
  return (
    circle(120, 36, 10, 'none', `stroke="${pen.dark}" stroke-width="5"`) +
    shape('M58 176v-64a62 64 0 0 1 124 0v64z', pen.paper, faded(0.75)) +
    rect(60, 142, 120, 8, 4, woodDark) +
    face(pen.species, 116, 122, 1.35, '#7fae7a', pen.paper) +
    shape('M141 117l9 3-9 4z', '#e88b4e') +
    line('M58 176v-64a62 64 0 0 1 124 0v64', pen.main, 6) +
    line(
      'M80 176V66M100 176V52M120 176V48M140 176V52M160 176V66M58 112h124',
      pen.main,
      2.2,
      faded(0.75),
    ) +
    rect(46, 172, 148, 28, 10, pen.dark) +
    line('M60 186h120', pen.light, 3, faded(0.6)) +
    rect(150, 154, 26, 18, 6, pen.accent)
  )
}
