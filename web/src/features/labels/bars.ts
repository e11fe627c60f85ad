// Owns turning a code into bars, as JsBarcode knows them, drawn as one path.
import JsBarcode from 'jsbarcode'

import { type LabelCode, QUIET } from './label-code.ts'

export interface Bars {
  /** Widths of the narrowest bar, without the white around. */
  readonly modules: number
  /** Of the picture: the white included. */
  readonly width: number
  /** A path of height 1. */
  readonly path: string
}

export function barsOf({ format, text }: LabelCode): Bars {
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
