// Owns the pages' tints of a shop's own colour: its hue stays, and its lightness moves until all that is written on it
// or in it can be read (WCAG AA: a contrast of 4.5).

/** The tokens that follow the shop's colour. */
interface Tints {
  readonly primary: string
  readonly strong: string
  readonly soft: string
  readonly onPrimary: string
}

/** Of the surfaces that colours are written on, the one of the least contrast: `--color-sunken` of each theme. */
export const SUNKEN = { light: '#f3ece2', dark: '#2b2620' } as const
const READABLE = 4.5
const STEP = 0.01

/** @param colour as `#1d6b57` */
export function tintsOf(colour: string, theme: 'light' | 'dark'): Tints {
  const { lightness, chroma, hue } = toLch(colour)
  const at = (l: number, most = chroma) =>
    toHex({ lightness: l, chroma: Math.min(chroma, most), hue })
  const [onPrimary, soft] =
    theme === 'light' ? ['#ffffff', at(0.945, 0.025)] : [at(0.2, 0.03), at(0.3, 0.045)]
  const grounds = [SUNKEN[theme], soft, onPrimary]
  const towards = theme === 'light' ? -STEP : STEP
  const isReadable = (l: number) => grounds.every((ground) => contrast(at(l), ground) >= READABLE)
  let chosen = theme === 'light' ? lightness : Math.max(lightness, 0.7)
  while (!isReadable(chosen) && chosen > 0 && chosen < 1) chosen += towards
  return { primary: at(chosen), strong: at(chosen + 8 * towards), soft, onPrimary }
}

/** From 1, the same, to 21, black on white. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

type Triple = readonly [number, number, number]

interface Lch {
  readonly lightness: number
  readonly chroma: number
  /** In radians. */
  readonly hue: number
}

function luminance(colour: string): number {
  const [red, green, blue] = linear(colour)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(colour: string): Triple {
  const part = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}

/** OKLCH: equal steps of lightness look equal, whatever the hue. https://bottosson.github.io/posts/oklab/ */
function toLch(colour: string): Lch {
  const [r, g, b] = linear(colour)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const yellow = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, yellow),
    hue: Math.atan2(yellow, a),
  }
}

/** What a screen can't show loses chroma until it can. */
function toHex(colour: Lch): string {
  const lightness = Math.min(1, Math.max(0, colour.lightness))
  let chroma = colour.chroma
  let parts = toLinear({ ...colour, lightness, chroma })
  while (chroma > 0 && parts.some((part) => part < -0.0005 || part > 1.0005)) {
    chroma = Math.max(0, chroma - 0.005)
    parts = toLinear({ ...colour, lightness, chroma })
  }
  return `#${parts.map(toByte).join('')}`
}

function toLinear({ lightness, chroma, hue }: Lch): number[] {
  const a = chroma * Math.cos(hue)
  const b = chroma * Math.sin(hue)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function toByte(part: number): string {
  const value = part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055
  const byte = Math.round(Math.min(1, Math.max(0, value)) * 255)
  return byte.toString(16).padStart(2, '0')
}
