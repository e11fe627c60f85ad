// Owns pictures for tests: drawn here, in any format, whole or spoiled.
import { deflateSync } from 'node:zlib'
import { Transformer } from '@napi-rs/image'

export type Colour = readonly [red: number, green: number, blue: number, alpha?: number]

/** A picture of this size, each pixel as `colourAt` says. */
export function draw(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => Colour,
): Transformer {
  const pixels = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue, alpha = 255] = colourAt(x, y)
      pixels.set([red, green, blue, alpha], (y * width + x) * 4)
    }
  }
  return Transformer.fromRgbaPixels(pixels, width, height)
}

/** Left half red, right half blue. */
export function twoHalves(width: number, height: number): Transformer {
  return draw(width, height, (x) => (x < width / 2 ? [255, 0, 0] : [0, 0, 255]))
}

/** The colour of one pixel. */
export async function colourAt(picture: Uint8Array, x: number, y: number): Promise<number[]> {
  const { width, height } = await new Transformer(picture).metadata()
  const pixels = await new Transformer(picture).rawPixels()
  const channels = pixels.length / (width * height)
  const at = (y * width + x) * channels
  return [...pixels.subarray(at, at + channels)]
}

/** The same JPEG as a camera writes it that was held another way, with the place where it was. */
export function withExif(jpeg: Buffer, orientation: number): Buffer {
  const entries = [entry(0x0112, 3, 1, orientation * 65_536), entry(0x8825, 4, 1, 38)]
  const gps = Buffer.concat([
    uint16(1),
    entry(0x0001, 2, 2, Buffer.from('N\0\0\0', 'latin1').readUInt32BE()),
  ])
  const tiff = Buffer.concat([
    Buffer.from('MM\0*', 'latin1'),
    uint32(8),
    uint16(entries.length),
    ...entries,
    uint32(0),
    gps,
  ])
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1]), uint16(body.length + 2), body])
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)])
}

function entry(tag: number, type: number, count: number, value: number): Buffer {
  return Buffer.concat([uint16(tag), uint16(type), uint32(count), uint32(value)])
}

/** A PNG that says it is so large, all of one grey: a few kilobytes that become gigabytes. */
export function greyPng(width: number, height: number, rows = height): Buffer {
  const header = Buffer.concat([uint32(width), uint32(height), Buffer.from([8, 0, 0, 0, 0])])
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))])
}

/** As in the PNG specification, annex D. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
