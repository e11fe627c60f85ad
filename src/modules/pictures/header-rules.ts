// Owns what a picture's first bytes say: its format and size, read without decoding anything.

export type Format = 'jpeg' | 'png' | 'webp' | 'bmp'

/** In pixels, as declared. Where a file declares several sizes, the largest each way. */
export interface Size {
  readonly width: number
  readonly height: number
}

export interface Header extends Size {
  readonly format: Format
}

type Bytes = Uint8Array

/**
 * The format is that of the content, whatever it is called. A size of 0 stands for one that can't be read.
 * @returns null when it is none of the formats
 */
export function readHeader(bytes: Bytes): Header | null {
  const format = formatOf(bytes)
  if (!format) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return { format, ...largest(SIZES[format](view)) }
  } catch (error) {
    // The file ends before its size is told.
    if (error instanceof RangeError) return { format, width: 0, height: 0 }
    throw error
  }
}

/** An SVG is a document that may run programs: people are told why it is refused. */
export function isSvg(bytes: Bytes): boolean {
  return /^\s*<(?:\?xml|!--|!DOCTYPE|svg)/i.test(textAt(bytes, skipMark(bytes), 200))
}

function formatOf(bytes: Bytes): Format | null {
  if (textAt(bytes, 0, 3) === '\xff\xd8\xff') return 'jpeg'
  if (textAt(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP') return 'webp'
  if (textAt(bytes, 0, 2) === 'BM') return 'bmp'
  return null
}

const SIZES: Readonly<Record<Format, (view: DataView) => Iterable<Size>>> = {
  *png(view) {
    yield { width: view.getUint32(16), height: view.getUint32(20) }
  },
  *bmp(view) {
    const old = view.getUint32(14, true) === 12
    yield old
      ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
      : // A negative height says that the rows begin at the top.
        { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) }
  },
  jpeg: jpegSizes,
  webp: webpSizes,
}

/**
 * ITU-T T.81: segments until the scan; those from C0 to CF but C4, C8 and CC begin a frame. A file without an
 * end was cut off: decoders would fill in grey, and nobody would notice in time.
 */
function* jpegSizes(view: DataView): Iterable<Size> {
  let at = 2
  for (;;) {
    const marker = view.getUint8(at + 1)
    if (view.getUint8(at) !== 0xff) return
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === 0xda || marker === 0xd9) {
      while (view.getUint16(at) !== 0xffd9) at++
      return
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) yield { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    // Without a length: the marks for a restart, and the one with no meaning.
    const isBare = (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01
    at += isBare ? 2 : 2 + view.getUint16(at + 2)
  }
}

/** RFC 9649: the canvas, and every picture on it; those of an animation stand inside of their frames. */
function* webpSizes(view: DataView, from = 12, to = view.byteLength): Iterable<Size> {
  for (let at = from; at + 8 <= to;) {
    const start = at + 8
    const length = view.getUint32(at + 4, true)
    const tag = tagAt(view, at)
    if (tag === 'VP8 ') {
      yield {
        width: view.getUint16(start + 6, true) & 0x3fff,
        height: view.getUint16(start + 8, true) & 0x3fff,
      }
    } else if (tag === 'VP8L') {
      const bits = view.getUint32(start + 1, true)
      yield { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    } else if (tag === 'VP8X') {
      yield { width: uint24(view, start + 4) + 1, height: uint24(view, start + 7) + 1 }
    } else if (tag === 'ANMF' && from === 12) {
      yield { width: uint24(view, start + 6) + 1, height: uint24(view, start + 9) + 1 }
      yield* webpSizes(view, start + 16, Math.min(start + length, to))
    }
    at = start + length + (length % 2)
  }
}

function largest(sizes: Iterable<Size>): Size {
  let [width, height] = [0, 0]
  for (const size of sizes) {
    width = Math.max(width, size.width)
    height = Math.max(height, size.height)
  }
  return { width, height }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
}

function tagAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)))
}

/** Byte by byte, as in ISO 8859-1; shorter where the file ends. */
function textAt(bytes: Bytes, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

/** The mark of UTF-8 at the beginning of a text. */
function skipMark(bytes: Bytes): number {
  return textAt(bytes, 0, 3) === '\xef\xbb\xbf' ? 3 : 0
}
