// Owns in which encoding a text file is: recognised by its bytes, and named as unknown rather than guessed.
import { isUtf8 } from 'node:buffer'

/** `utf-8` is what is left when there is nothing to decode. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

export type Recognised =
  | { readonly encoding: Encoding; /** Bytes of the byte order mark. */ readonly skip: number }
  | { readonly refusal: 'workbook' | 'binary' | 'encoding' }

/** What is looked at to tell Chinese from other texts that aren't UTF-8. */
const SAMPLE_BYTES = 1024 * 1024

export function recogniseEncoding(bytes: Uint8Array): Recognised {
  if (beginsWith(bytes, 0xef, 0xbb, 0xbf)) return textIn('utf-8', bytes, 3)
  if (beginsWith(bytes, 0xff, 0xfe)) return { encoding: 'utf-16le', skip: 2 }
  if (beginsWith(bytes, 0xfe, 0xff)) return { encoding: 'utf-16be', skip: 2 }
  // Excel's two formats: a zip archive, and an OLE document before 2007.
  const isArchive = beginsWith(bytes, 0x50, 0x4b, 0x03, 0x04)
  if (isArchive || beginsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { refusal: 'workbook' }
  if (bytes.includes(0)) return { refusal: 'binary' }
  if (isUtf8(bytes)) return { encoding: 'utf-8', skip: 0 }
  return looksChinese(bytes) ? { encoding: 'gb18030', skip: 0 } : { refusal: 'encoding' }
}

/**
 * The text as UTF-8, a piece at a time.
 * @throws TypeError where the bytes are no text in this encoding
 */
export function* decodeChunks(
  bytes: Uint8Array,
  { encoding, skip }: { readonly encoding: Encoding; readonly skip: number },
  chunkBytes: number,
): Generator<Uint8Array> {
  const decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding, { fatal: true })
  const encoder = new TextEncoder()
  for (let from = skip; from < bytes.length; from += chunkBytes) {
    const chunk = bytes.subarray(from, from + chunkBytes)
    yield decoder ? encoder.encode(decoder.decode(chunk, { stream: true })) : chunk
  }
  const rest = decoder?.decode()
  if (rest) yield encoder.encode(rest)
}

function textIn(encoding: Encoding, bytes: Uint8Array, skip: number): Recognised {
  if (bytes.includes(0)) return { refusal: 'binary' }
  return isUtf8(bytes) ? { encoding, skip } : { refusal: 'encoding' }
}

function beginsWith(bytes: Uint8Array, ...magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte)
}

/**
 * Most characters of Chinese texts are among the 3,755 common ones or signs, which have two bytes of their own
 * ranges in GB18030. In the encodings of western Windows an accented letter stands alone or beside another, and
 * would be read as a rare character, often together with the next plain letter.
 */
function looksChinese(bytes: Uint8Array): boolean {
  let common = 0
  let others = 0
  const end = Math.min(bytes.length, SAMPLE_BYTES)
  for (let i = 0; i < end; i++) {
    const lead = bytes[i] ?? 0
    if (lead < 0x80) continue
    i++
    const isCommon = (lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xd7)
    if (isCommon && (bytes[i] ?? 0) >= 0xa1) common++
    else others++
  }
  return common > 2 * others
}
