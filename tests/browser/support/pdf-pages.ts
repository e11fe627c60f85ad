// Owns reading the paper's size off what a page prints.

const POINTS_PER_MM = 72 / 25.4

/** The sizes of a PDF's pages, in whole millimetres: `40 × 30`. */
export function pagesOf(pdf: Buffer): string[] {
  return [...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, width, height]) =>
      `${Math.round(Number(width) / POINTS_PER_MM)} × ${Math.round(Number(height) / POINTS_PER_MM)}`,
  )
}
