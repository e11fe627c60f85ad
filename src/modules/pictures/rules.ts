// Owns which pictures are taken, how large they are kept, and what they are called: after their content.
import { type Header, isSvg, readHeader, type Size } from './header-rules.ts'

/** A phone's picture has a few megabytes. */
export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024
export const MAX_SIDE = 12_000
/** Decoded, a pixel takes four bytes. */
export const MAX_PIXELS = 50_000_000
/** More than this is a photo straight from a camera. */
const LARGE_PIXELS = 16_000_000
/** What a page shows at most, on a screen with two dots per pixel. */
export const KEPT_SIDE = 1200

const FOLDER = '/pictures/'

export type PictureRefusal =
  | { readonly refusal: 'svg' }
  | { readonly refusal: 'format' }
  | { readonly refusal: 'unreadable' }
  | { readonly refusal: 'too_large'; readonly size: Size }

/** Decided by the first bytes: what is refused is never decoded. */
export function judgeUpload(bytes: Uint8Array): { readonly header: Header } | PictureRefusal {
  const header = readHeader(bytes)
  if (!header) return { refusal: isSvg(bytes) ? 'svg' : 'format' }
  const { width, height } = header
  if (width < 1 || height < 1) return { refusal: 'unreadable' }
  const tooLarge = width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS
  return tooLarge ? { refusal: 'too_large', size: { width, height } } : { header }
}

/** Does it have to become smaller? It never becomes larger. */
export function mustShrink({ width, height }: Size, side: number): boolean {
  return Math.max(width, height) > side
}

/** Such a picture takes hundreds of megabytes while it is worked on. */
export function isLarge({ width, height }: Size): boolean {
  return width * height > LARGE_PIXELS
}

/** @param digest hex of the content's SHA-256 */
export function pictureName(digest: string): string {
  return `${digest.slice(0, 32)}.webp`
}

export function pictureUrl(name: string): string {
  return FOLDER + name
}

/** The picture that an address names; null for one that is somewhere else. */
export function nameInUrl(url: string): string | null {
  return url.startsWith(FOLDER) ? url.slice(FOLDER.length) : null
}

/** What never changes may be asked for again without being sent again. */
export function etagOf(name: string): string {
  return `"${name}"`
}

/** @param header If-None-Match, as the caller sent it */
export function isKnown(header: string | undefined, name: string): boolean {
  if (header === undefined) return false
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes('*') || tags.includes(etagOf(name))
}
