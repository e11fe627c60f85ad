// Owns writing SVG: elements as text, and the frame that every chart has. Its colours follow the reader's theme, and
// its own ground lies under them, so that it can be read wherever it is put.

export type Attributes = Readonly<Record<string, string | number>>

export const WIDTH = 720

export function element(name: string, attributes: Attributes, content = ''): string {
  const list = Object.entries(attributes).map(([key, value]) => {
    return ` ${key}="${escapeXml(typeof value === 'number' ? rounded(value) : value)}"`
  })
  return content === ''
    ? `<${name}${list.join('')}/>`
    : `<${name}${list.join('')}>${content}</${name}>`
}

export function text(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escapeXml(words))
}

export function escapeXml(words: string): string {
  const names: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }
  return words.replace(/[&<>"]/g, (sign) => `&${names[sign] ?? ''};`)
}

/** A tenth of a pixel is as fine as anybody sees. */
function rounded(value: number): string {
  return String(Math.round(value * 10) / 10)
}

// Lines differ by colour and by their dashes: not everybody sees the one, no printer shows the other.
const STYLE = `
svg { font: 12px system-ui, sans-serif; --ground: #fff; --ink: #1f2328; --soft: #59636e; --grid: #d1d9e0;
  --first: #0969da; --second: #bc4c00; --third: #1a7f37; }
@media (prefers-color-scheme: dark) {
  svg { --ground: #0d1117; --ink: #f0f6fc; --soft: #9198a1; --grid: #3d444d;
    --first: #58a6ff; --second: #f0883e; --third: #3fb950; }
}
.ground { fill: var(--ground); stroke: var(--grid); }
text { fill: var(--ink); }
.soft { fill: var(--soft); }
.title { font-size: 15px; font-weight: 600; }
.grid { stroke: var(--grid); }
.line { fill: none; stroke-width: 2; }
.s0 { stroke: var(--first); }
.s1 { stroke: var(--second); stroke-dasharray: 7 4; }
.s2 { stroke: var(--third); stroke-dasharray: 2 4; }
.bar { fill: var(--first); }
.mark { stroke: var(--second); stroke-width: 2; stroke-dasharray: 7 4; }
`

export interface Frame {
  readonly title: string
  /** Under the title, as in what machine it was. */
  readonly note: string
}

/** Where a chart's own parts begin, from the top. */
export const TOP = 64

export function drawing({ title, note }: Frame, height: number, parts: readonly string[]): string {
  const head = [
    element('title', {}, escapeXml(title)),
    element('style', {}, STYLE),
    element('rect', {
      x: 0.5,
      y: 0.5,
      width: WIDTH - 1,
      height: height - 1,
      rx: 6,
      class: 'ground',
    }),
    text(16, 26, title, { class: 'title' }),
    text(16, 44, note, { class: 'soft' }),
  ]
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${WIDTH} ${height}`,
    width: WIDTH,
    height,
    role: 'img',
  }
  return `${element('svg', attributes, `\n${[...head, ...parts].join('\n')}\n`)}\n`
}
