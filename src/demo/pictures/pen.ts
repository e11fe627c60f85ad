// Owns how pictures are drawn: the colours of one picture and the few SVG shapes all drawings share.
import type { Species, Tint } from '../types.ts'

/** What one drawing gets to work with; the canvas is 240 × 240 and things stand on y = 200. */
export interface Pen {
  main: string
  dark: string
  light: string
  accent: string
  paper: string
  ink: string
  label: string
  species: Species
  /** 0, 1 or 2: small differences between products of one kind. */
  variant: number
}

export type Draw = (pen: Pen) => string

const tints: Record<Tint, string> = {
  amber: '#eab25a',
  coral: '#e78f74',
  rose: '#dc97a2',
  moss: '#98b077',
  teal: '#68b0a3',
  sky: '#7aa9cd',
  violet: '#a092cb',
  cocoa: '#ad8462',
  sand: '#d9bd8f',
  slate: '#8796a6',
}

const accents: Record<Tint, Tint> = {
  amber: 'coral',
  coral: 'teal',
  rose: 'moss',
  moss: 'amber',
  teal: 'coral',
  sky: 'amber',
  violet: 'amber',
  cocoa: 'teal',
  sand: 'coral',
  slate: 'amber',
}

const warmWhite = '#fffaf2'
const warmBlack = '#43342b'

export function createPen(tint: Tint, label: string, species: Species, variant: number): Pen {
  const main = tints[tint]
  return {
    main,
    dark: mix(main, '#4a2f22', 0.32),
    light: mix(main, warmWhite, 0.58),
    accent: tints[accents[tint]],
    paper: warmWhite,
    ink: mix(main, warmBlack, 0.72),
    label,
    species,
    variant,
  }
}

export function backdropColours(tint: Tint): { wall: string; glow: string; floor: string } {
  return {
    wall: mix(tints[tint], warmWhite, 0.8),
    glow: mix(tints[tint], warmWhite, 0.91),
    floor: mix(tints[tint], '#6b4b38', 0.25),
  }
}

export const rect = (
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  fill: string,
  more = '',
) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"${gap(more)}/>`

export const circle = (cx: number, cy: number, r: number, fill: string, more = '') =>
  `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${fill}"${gap(more)}/>`

export const oval = (cx: number, cy: number, rx: number, ry: number, fill: string, more = '') =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}"${gap(more)}/>`

export const shape = (d: string, fill: string, more = '') =>
  `<path d="${d}" fill="${fill}"${gap(more)}/>`

export const line = (d: string, colour: string, width: number, more = '') =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${gap(more)}/>`

export const moved = (x: number, y: number, content: string, turn = 0, scale = 1) =>
  `<g transform="translate(${x} ${y})${turn ? ` rotate(${turn})` : ''}${scale === 1 ? '' : ` scale(${scale})`}">${content}</g>`

/** Centred text; nothing at all when there is nothing to write. */
export function words(x: number, y: number, size: number, content: string, fill: string): string {
  if (content === '') return ''
  const safe = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<text x="${x}" y="${y}" font-family="Nunito,Verdana,sans-serif" font-size="${size}" font-weight="700" text-anchor="middle" fill="${fill}">${safe}</text>`
}

export const faded = (opacity: number) => `opacity="${opacity}"`

const gap = (more: string) => (more === '' ? '' : ` ${more}`)

function mix(from: string, to: string, share: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16)
  const blended = [1, 3, 5].map((at) => {
    const value = channel(from, at) * (1 - share) + channel(to, at) * share
    return Math.round(value).toString(16).padStart(2, '0')
  })
  return `#${blended.join('')}`
}
