// Owns the work on pixels: a picture as it came becomes a small WebP, upright and without anything but the picture.
import type { Transformer } from '@napi-rs/image'
import { type Header, readHeader, type Size } from './header-rules.ts'
import { isLarge, KEPT_SIDE, mustShrink } from './rules.ts'

export interface Encoded extends Size {
  readonly content: Uint8Array
}

interface Attempt {
  readonly side: number
  readonly quality: number
}

/** In this order, until the file is small enough; hardly any picture but noise needs the second. */
const ATTEMPTS: readonly Attempt[] = [
  { side: KEPT_SIDE, quality: 82 },
  { side: KEPT_SIDE, quality: 60 },
  { side: KEPT_SIDE / 2, quality: 60 },
]
const MOST_BYTES = 1_000_000

/**
 * Off this thread. EXIF, and with it where and when a photo was taken, isn't carried over.
 * @returns null when it can't be decoded
 */
export async function encode(bytes: Uint8Array, header: Header): Promise<Encoded | null> {
  let content: Uint8Array = new Uint8Array()
  for (const attempt of ATTEMPTS) {
    try {
      content = await (await prepare(bytes, header, attempt.side)).webp(attempt.quality)
    } catch {
      return null
    }
    if (content.length <= MOST_BYTES) break
  }
  const made = readHeader(content)
  return made && { width: made.width, height: made.height, content }
}

async function prepare(bytes: Uint8Array, header: Header, side: number): Promise<Transformer> {
  // The library is large, and most processes never see a picture.
  const image = await import('@napi-rs/image')
  const picture = new image.Transformer(bytes).rotate()
  if (!mustShrink(header, side)) return picture
  const size = { width: side, height: side, fit: image.ResizeFit.Inside }
  // The faster one is right about colours at transparent edges, and takes nearly twice the memory.
  return isLarge(header)
    ? picture.resize({ ...size, filter: image.ResizeFilterType.Lanczos3 })
    : picture.fastResize({ ...size, filter: image.FastResizeFilter.Lanczos3 })
}
