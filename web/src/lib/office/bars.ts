// Owns turning a text into bars, as JsBarcode knows them, drawn as one path.
import JsBarcode from 'jsbarcode'

export type BarFormat = 'EAN13' | 'CODE128'

export interface Bars {
  /** Widths of the narrowest bar, without the white around. */
  readonly modules: number
  /** Of the picture: the white included. */
  readonly width: number
  /** A path of height 1. */
  readonly path: string
}

/** White at both ends, in widths of the narrowest bar; the standards ask for it. */
export const QUIET = { EAN13: 11, CODE128: 10 } as const

export function barsOf({ format, text }: { format: BarFormat; text: string }): Bars {
  // Given a plain object, JsBarcode leaves in it which modules are black.
  const drawn: { encodings?: readonly { readonly data: string }[] } = {}
  JsBarcode(drawn, text, { format, flat: true, displayValue: false })
  const modules = (drawn.encodings ?? []).map(({ data }) => data).join('')
  const quiet = QUIET[format]
  return {
    modules: modules.length,
    width: modules.length + 2 * quiet,
    path: [...modules.matchAll(/1+/g)]
      .map(({ index, 0: bar }) => `M${quiet + index} 0h${bar.length}v1h-${bar.length}z`)
      .join(''),
  }
}
