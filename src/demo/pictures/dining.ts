// Owns the drawings for eating and drinking: bowls, fountains, feeders, bins.
import { face } from './faces.ts'
import { circle, faded, line, oval, rect, shape, words } from './pen.ts'
import type { Pen } from './pen.ts'

const water = '#b9dcea'

const kibble = (x: number, y: number) =>
  oval(x, y, 34, 9, '#c99a62') +
  line(
    `M${x - 24} ${y}h0M${x - 12} ${y - 4}h0M${x} ${y + 1}h0M${x + 12} ${y - 4}h0M${x + 23} ${y}h0`,
    '#a5763f',
    8,
  )

export const bowl = (pen: Pen) => filledBowl(pen, food)

export const waterBowl = (pen: Pen) => filledBowl(pen, freshWater)

const freshWater =
  oval(120, 114, 62, 15, water) + line('M84 112q12 6 24 0M124 118q12 6 24 0', '#fffaf2', 3)

const food =
  oval(120, 116, 60, 14, '#c99a62') +
  shape('M66 114c14-26 94-26 108 0z', '#c99a62') +
  line('M84 106h0M100 100h0M117 104h0M133 99h0M150 106h0M108 111h0M142 112h0', '#a5763f', 11)

function filledBowl(pen: Pen, filling: string): string {
  return (
    oval(120, 116, 80, 22, pen.dark) +
    filling +
    shape('M40 116q80 40 160 0l-18 70q-4 14-18 14H76q-14 0-18-14z', pen.main) +
    line('M40 117q80 40 160 0', pen.light, 7) +
    shape('M168 132q18-6 32-16l-18 70q-4 14-18 14h-14c14-18 20-42 18-68z', pen.dark, faded(0.2)) +
    face(pen.species, 120, 168, 1.15, pen.paper, pen.main)
  )
}

export function doubleBowl(pen: Pen): string {
  const one = (x: number) =>
    shape(`M${x - 44} 112q44 22 88 0l-10 36q-3 8-12 8h-44q-9 0-12-8z`, pen.main)
  return (
    line('M46 150v48M194 150v48', '#a67d53', 12) +
    oval(76, 112, 44, 12, pen.dark) +
    kibble(76, 109) +
    oval(164, 112, 44, 12, pen.dark) +
    oval(164, 112, 36, 8, water) +
    one(76) +
    one(164) +
    rect(30, 140, 180, 18, 8, '#cfa577') +
    rect(30, 150, 180, 8, 4, '#a67d53', faded(0.5)) +
    circle(120, 76, 26, pen.paper) +
    face(pen.species, 120, 75, 1, pen.ink, pen.paper)
  )
}

export function slowBowl(pen: Pen): string {
  return (
    oval(120, 158, 86, 42, pen.dark) +
    oval(120, 148, 86, 42, pen.main) +
    oval(120, 144, 70, 32, pen.dark, faded(0.45)) +
    line(
      'M66 146c4-24 70-30 100-10M176 150c-8 20-70 28-100 12M90 150c10-12 44-14 58-2',
      pen.light,
      10,
    ) +
    line('M92 136h0M150 162h0M120 160h0M160 140h0M104 160h0', '#a5763f', 9) +
    oval(120, 146, 12, 7, pen.accent) +
    circle(120, 76, 26, pen.paper) +
    face(pen.species, 120, 75, 1, pen.ink, pen.paper)
  )
}

export function fountain(pen: Pen): string {
  return (
    rect(56, 134, 128, 66, 24, pen.main) +
    rect(66, 152, 60, 32, 12, water, faded(0.85)) +
    oval(120, 132, 70, 20, pen.dark) +
    oval(120, 128, 70, 20, pen.light) +
    oval(120, 127, 56, 14, water) +
    shape('M112 126c-2-20-2-34 0-44h16c2 10 2 24 0 44z', pen.dark) +
    line('M120 80c-4-30-44-24-42 38M120 80c4-30 44-24 42 38', '#8fc3da', 6) +
    line('M120 80c-2-18-20-14-20 44M120 80c2-18 20-14 20 44', water, 4) +
    oval(120, 82, 15, 6, pen.accent) +
    face(pen.species, 156, 170, 0.8, pen.paper, pen.main) +
    words(96, 174, 15, pen.label, pen.ink) +
    line('M88 132q8 4 16 0M136 134q8 4 16 0', pen.paper, 3)
  )
}

export const feeder = (pen: Pen) =>
  dispenser(pen, shape('M78 74q20-12 42 0t42-2v38H78z', '#c99a62'), kibble(120, 187))

export const waterer = (pen: Pen) =>
  dispenser(pen, shape('M78 66q42 12 84 0v44H78z', water), oval(120, 189, 44, 6, water))

/** A clear tank on a base with a tray in front. */
function dispenser(pen: Pen, inTank: string, inTray: string): string {
  return (
    rect(72, 36, 96, 18, 9, pen.dark) +
    shape('M78 52h84v58H78z', pen.paper, faded(0.85)) +
    inTank +
    shape('M70 108h100q8 0 9 8l5 76q0 8-8 8H64q-8 0-8-8l5-76q1-8 9-8z', pen.main) +
    shape('M150 108h20q8 0 9 8l5 76q0 8-8 8h-20c6-30 4-60-6-92z', pen.dark, faded(0.22)) +
    circle(120, 138, 20, pen.paper) +
    face(pen.species, 120, 137, 0.8, pen.ink, pen.paper) +
    shape('M88 168q32-14 64 0v10H88z', pen.ink) +
    oval(120, 192, 60, 12, pen.dark) +
    oval(120, 189, 52, 9, pen.light) +
    inTray +
    words(120, 100, 15, pen.label, pen.ink) +
    line('M84 58v40', pen.paper, 4)
  )
}

export function bin(pen: Pen): string {
  return (
    rect(58, 50, 124, 26, 12, pen.dark) +
    rect(100, 40, 40, 16, 8, pen.accent) +
    rect(64, 74, 112, 122, 16, pen.paper) +
    shape('M64 112q28-14 56 0t56 0v68q0 16-16 16H80q-16 0-16-16z', '#d4a66c') +
    line(
      'M78 132h0M98 126h0M120 134h0M142 126h0M162 134h0M86 186h0M112 190h0M136 188h0M160 186h0',
      '#a97b45',
      9,
    ) +
    circle(120, 154, 28, pen.paper) +
    face(pen.species, 120, 152, 0.95, pen.ink, pen.paper) +
    words(120, 100, 16, pen.label, pen.ink) +
    line('M72 84v96', '#ffffff', 5, faded(0.6)) +
    rect(158, 74, 18, 122, 12, pen.dark, faded(0.2)) +
    circle(84, 200, 7, pen.ink) +
    circle(156, 200, 7, pen.ink)
  )
}
