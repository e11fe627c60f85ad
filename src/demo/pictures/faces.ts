// Owns the animals' heads that tell from a picture whom a product is for.
import type { Species } from '../types.ts'
import { circle, faded, line, moved, oval, shape } from './pen.ts'

/** A head of about 40 × 40 around (x, y) in one colour, with eyes in the colour behind it. */
export function face(
  species: Species,
  x: number,
  y: number,
  scale: number,
  colour: string,
  behind: string,
): string {
  return moved(x, y, heads[species](colour, behind), 0, scale)
}

const eyes = (behind: string, y = 2, apart = 6.5) =>
  circle(-apart, y, 1.9, behind) + circle(apart, y, 1.9, behind)

const heads: Record<Species, (colour: string, behind: string) => string> = {
  cat: (colour, behind) =>
    shape(
      'M-16-15c.4-4 3.4-4.6 6-2.2l5.6 5Q0-13 4.4-12.2l5.6-5c2.6-2.4 5.6-1.8 6 2.2 1 8 2 13 1 19C15 13 8 17 0 17S-15 13-17 4c-1-6 0-11 1-19z',
      colour,
    ) +
    eyes(behind) +
    shape('M-2.2 6.5h4.4L0 9z', behind) +
    line('M-13 7l-8-1M-13 10l-7 2M13 7l8-1M13 10l7 2', colour, 1.3),
  dog: (colour, behind) =>
    oval(0, 1, 14, 15.5, colour) +
    shape('M-9-13c-8-2-12 5-11.5 13 .4 6 3 10 6 9 4-2 4.5-8 5-14z', colour) +
    shape('M9-13c8-2 12 5 11.5 13-.4 6-3 10-6 9-4-2-4.5-8-5-14z', colour) +
    line('M-9.5-9c-1 6-1 12-5 17M9.5-9c1 6 1 12 5 17', behind, 1.2, faded(0.55)) +
    eyes(behind, -1, 5.5) +
    oval(0, 8, 6.5, 5, behind) +
    oval(0, 6, 2.8, 2, colour) +
    line('M0 7v3', colour, 1.2),
  rabbit: (colour, behind) =>
    oval(-6.5, -13, 4, 11, colour, 'transform="rotate(-8 -6.5 -13)"') +
    oval(6.5, -13, 4, 11, colour, 'transform="rotate(8 6.5 -13)"') +
    oval(0, 6, 14, 12, colour) +
    eyes(behind, 4, 6) +
    shape('M-1.8 8h3.6L0 10z', behind),
  hamster: (colour, behind) =>
    circle(-10.5, -9, 5, colour) +
    circle(10.5, -9, 5, colour) +
    circle(-10.5, -9, 2.2, behind, faded(0.6)) +
    circle(10.5, -9, 2.2, behind, faded(0.6)) +
    shape('M0-13C9-13 14-7 15 0c5 5 3 15-6 16H-9C-18 15-20 5-15 0-14-7-9-13 0-13z', colour) +
    eyes(behind, 0, 6) +
    oval(0, 6, 2, 1.5, behind),
  fish: (colour, behind) =>
    shape('M-18 0C-12-11 3-13 10-2l9-8c2 6 2 14 0 20l-9-8C3 13-12 11-18 0z', colour) +
    circle(-9, -2, 2, behind) +
    line('M-2-6c3 4 3 8 0 12', behind, 1.5),
  bird: (colour, behind) =>
    shape('M-14 4c0-12 8-19 17-17 6 1 9 6 9 11l6 3-6 3c-1 8-7 13-14 13-8 0-12-6-12-13z', colour) +
    shape('M-13 3c4-2 11 0 12 8-6 3-12 0-12-8z', behind, faded(0.5)) +
    circle(6, -4, 2, behind),
  turtle: (colour, behind) =>
    oval(-15, 2, 6, 5, colour) +
    oval(-7, 12, 4.5, 4, colour) +
    oval(9, 12, 4.5, 4, colour) +
    shape('M-12 10C-13-4-4-12 3-12S19-4 18 10z', colour) +
    circle(-17, 1, 1.3, behind) +
    line('M-4 9l2-9 6-5 6 5 2 9M-2 0l-6-3M10 0l5-3', behind, 1.3, faded(0.7)),
  any: (colour) =>
    oval(-12, -2, 4.2, 5.6, colour, 'transform="rotate(-24 -12 -2)"') +
    oval(-4.7, -9, 4.4, 6, colour, 'transform="rotate(-8 -4.7 -9)"') +
    oval(4.7, -9, 4.4, 6, colour, 'transform="rotate(8 4.7 -9)"') +
    oval(12, -2, 4.2, 5.6, colour, 'transform="rotate(24 12 -2)"') +
    shape('M0 0c5 0 11 7 10 12-1 4-6 3-10 3s-9 1-10-3C-11 7-5 0 0 0z', colour),
}
