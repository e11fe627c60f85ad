// Owns which labels can be printed: one a page on a roll, or many on a sheet. All lengths in millimetres.

export interface LabelSize {
  readonly width: number
  readonly height: number
  /** Of the paper that the printer feeds. */
  readonly page: { readonly width: number; readonly height: number }
  readonly columns: number
  readonly rows: number
}

/** A roll printer feeds one label after the other. */
function roll(width: number, height: number): LabelSize {
  return { width, height, page: { width, height }, columns: 1, rows: 1 }
}

export const SIZES = {
  s40x30: roll(40, 30),
  s50x30: roll(50, 30),
  s60x40: roll(60, 40),
  /** The common sheet of 24: edge to edge, no gaps. */
  a4: { width: 70, height: 37.125, page: { width: 210, height: 297 }, columns: 3, rows: 8 },
} as const satisfies Record<string, LabelSize>

export type SizeName = keyof typeof SIZES
export const SIZE_NAMES = Object.keys(SIZES) as readonly SizeName[]

export function perPage({ columns, rows }: LabelSize): number {
  return columns * rows
}
