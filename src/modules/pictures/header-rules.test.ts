// Shows that the first bytes tell a picture's format and size, whatever else is in the file.
import { Transformer } from '@napi-rs/image'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { greyPng, twoHalves, withExif } from '../../../tests/support/pictures.ts'
import { isSvg, readHeader } from './header-rules.ts'

const FORMATS = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  webpLossless: 'webp',
  bmp: 'bmp',
} as const
const methods = Object.keys(FORMATS) as (keyof typeof FORMATS)[]

const sides = fc.integer({ min: 1, max: 90 })

test.each(methods)('the size in a %s is the one that is decoded', async (method) => {
  await fc.assert(
    fc.asyncProperty(sides, sides, async (width, height) => {
      const bytes = await twoHalves(width, height)[method]()
      const decoded = await new Transformer(bytes).metadata()
      expect(readHeader(bytes)).toEqual({ format: FORMATS[method], width, height })
      expect([decoded.width, decoded.height]).toEqual([width, height])
    }),
    { numRuns: 30 },
  )
})

test('a view into a larger buffer is read from its own beginning', async () => {
  const png = await twoHalves(7, 5).png()
  const larger = Buffer.concat([Buffer.from('xx'), png])
  expect(readHeader(larger.subarray(2))).toEqual({ format: 'png', width: 7, height: 5 })
  expect(readHeader(larger)).toBeNull()
})

test('metadata in front of a JPEG, and filled up marks, are stepped over', async () => {
  const jpeg = await twoHalves(33, 21).jpeg()
  const filled = Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xff]), jpeg.subarray(2)])
  for (const bytes of [withExif(jpeg, 6), filled]) {
    expect(readHeader(bytes)).toEqual({ format: 'jpeg', width: 33, height: 21 })
  }
})

test('a BMP from the top, and the oldest kind, are read', async () => {
  const bmp = Buffer.from(await twoHalves(9, 4).bmp())
  bmp.writeInt32LE(-4, 22)
  expect(readHeader(bmp)).toEqual({ format: 'bmp', width: 9, height: 4 })
  const old = Buffer.alloc(40)
  old.write('BM')
  old.writeUInt32LE(12, 14)
  old.writeUInt16LE(300, 18)
  old.writeUInt16LE(200, 20)
  expect(readHeader(old)).toEqual({ format: 'bmp', width: 300, height: 200 })
})

describe('the largest size counts', () => {
  const part = (tag: string, body: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(tag, 'latin1')
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
  }
  const canvas = (width: number, height: number) => {
    const body = Buffer.alloc(10)
    body.writeUIntLE(width - 1, 4, 3)
    body.writeUIntLE(height - 1, 7, 3)
    return part('VP8X', body)
  }
  const lossy = (width: number, height: number) => {
    const body = Buffer.from([0x10, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0, 0])
    body.writeUInt16LE(width, 6)
    body.writeUInt16LE(height, 8)
    return part('VP8 ', body)
  }
  const frame = (width: number, height: number, inside: Buffer) => {
    const body = Buffer.alloc(16)
    body.writeUIntLE(width - 1, 6, 3)
    body.writeUIntLE(height - 1, 9, 3)
    return part('ANMF', Buffer.concat([body, inside]))
  }
  const webp = (...parts: Buffer[]) => {
    const body = Buffer.concat([Buffer.from('WEBP'), ...parts])
    const head = Buffer.from('RIFF\0\0\0\0', 'latin1')
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, body])
  }

  test.each([
    ['the canvas', webp(canvas(16_384, 1), lossy(10, 10))],
    ['the picture on a small canvas', webp(canvas(10, 10), lossy(16_383, 5))],
    ['a later picture', webp(canvas(10, 10), lossy(10, 10), lossy(16_383, 5))],
    ['a frame', webp(canvas(10, 10), frame(16_383, 5, lossy(10, 10)))],
    ['the picture in a frame', webp(canvas(10, 10), frame(10, 10, lossy(16_383, 5)))],
  ])('in a WebP: %s', (_what, bytes) => {
    expect(readHeader(bytes)?.width).toBeGreaterThanOrEqual(16_383)
  })

  test('in a JPEG: a second frame', async () => {
    const jpeg = await twoHalves(10, 10).jpeg()
    const second = Buffer.from([0xff, 0xc2, 0, 8, 8, 0x40, 0, 0x30, 0, 0])
    const bytes = Buffer.concat([jpeg.subarray(0, 2), second, jpeg.subarray(2)])
    expect(readHeader(bytes)).toEqual({ format: 'jpeg', width: 0x3000, height: 0x4000 })
  })
})

describe('a file that ends too early', () => {
  test('has no size', async () => {
    const png = await twoHalves(9, 9).png()
    expect(readHeader(png.subarray(0, 20))).toEqual({ format: 'png', width: 0, height: 0 })
    const jpeg = await twoHalves(9, 9).jpeg()
    expect(readHeader(jpeg.subarray(0, -1))).toEqual({ format: 'jpeg', width: 0, height: 0 })
    expect(readHeader(jpeg.subarray(0, 3))).toEqual({ format: 'jpeg', width: 0, height: 0 })
  })

  test('or is full of anything, never breaks the reader, nor keeps it for long', async () => {
    const begins = await Promise.all(methods.map(async (name) => twoHalves(20, 20)[name]()))
    const spoiled = fc
      .tuple(fc.constantFrom(...begins), fc.nat(60), fc.uint8Array({ maxLength: 400 }))
      .map(([begin, kept, rest]) => Buffer.concat([begin.subarray(0, kept), rest]))
    fc.assert(
      fc.property(spoiled, (bytes) => {
        const header = readHeader(bytes)
        if (header) expect(Number.isInteger(header.width + header.height)).toBe(true)
        expect(typeof isSvg(bytes)).toBe('boolean')
      }),
      { numRuns: 3000 },
    )
    const start = performance.now()
    for (const begin of [...begins, greyPng(3, 3)]) {
      for (const filler of [0x00, 0x01, 0xff]) {
        readHeader(Buffer.concat([begin.subarray(0, 30), Buffer.alloc(10_000_000, filler)]))
      }
    }
    expect(performance.now() - start).toBeLessThan(3000)
  })
})

test('an SVG is known by what stands in it', () => {
  for (const text of [
    '<svg/>',
    ' \n<SVG>',
    '<?xml version="1.0"?>',
    '<!-- a --><svg/>',
    '\ufeff<svg/>',
  ]) {
    expect([text, isSvg(Buffer.from(text))]).toEqual([text, true])
  }
  for (const text of ['', 'svg', '{"svg":1}', '<html>', 'hello <svg/>']) {
    expect([text, isSvg(Buffer.from(text))]).toEqual([text, false])
  }
})
