// Shows that pictures of any kind become small, upright and harmless, are shown for ever, and vanish when unused.
import { createHash } from 'node:crypto'
import { Transformer } from '@napi-rs/image'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { holdPicturesOf } from '../../src/modules/pictures/index.ts'
import { colourAt, draw, greyPng, twoHalves, withExif } from '../support/pictures.ts'
import type { Person } from '../support/people.ts'
import { importAs } from '../support/imports.ts'
import { openShop, type Shop } from '../support/shop.ts'

const DAY = 24 * 3600 * 1000

let shop: Shop
let manager: Person
beforeAll(async () => {
  shop = await openShop()
  manager = await shop.addPerson('manager')
})
afterAll(() => shop.close())

function upload(bytes: Uint8Array, type = 'image/jpeg', headers: object = {}) {
  return shop.send({
    method: 'POST',
    url: '/api/pictures',
    headers: { ...manager.headers, 'content-type': type, ...headers },
    payload: Buffer.from(bytes),
  })
}

/** The picture as everybody gets it. */
async function fetchPicture(url: string, headers: Record<string, string> = {}) {
  const answer = await shop.http.inject({ url, headers })
  return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload }
}

async function uploadAndFetch(bytes: Uint8Array) {
  const { status, body, text } = await upload(bytes)
  expect([status, text]).toEqual([201, expect.stringContaining('image_url')])
  const { bytes: content } = await fetchPicture(body.item.image_url)
  return { item: body.item, content, metadata: await new Transformer(content).metadata(true) }
}

const upkeep = async () => {
  for (const { run } of shop.app.pictures.upkeep) await run(shop.clock.now())
}

/** One that no other test has. */
let shade = 0
const another = () => draw(40, 30, () => [++shade % 251, 10, 20]).png()

describe('a picture', () => {
  test.each(['jpeg', 'png', 'webp', 'webpLossless', 'bmp'] as const)(
    'in %s becomes WebP of the same size',
    async (format) => {
      const { item, content, metadata } = await uploadAndFetch(await twoHalves(300, 200)[format]())
      expect(metadata).toMatchObject({ format: 'webp', width: 300, height: 200 })
      expect(item).toMatchObject({ width: 300, height: 200, bytes: content.length })
      const [left, right] = [await colourAt(content, 20, 100), await colourAt(content, 280, 100)]
      expect(left[0]).toBeGreaterThan(230)
      expect(right[2]).toBeGreaterThan(230)
    },
  )

  test('is named after its content: the same one is kept once', async () => {
    const bytes = await twoHalves(60, 50).png()
    const [first, second] = [await uploadAndFetch(bytes), await uploadAndFetch(bytes)]
    const digest = createHash('sha256').update(first.content).digest('hex')
    expect(first.item.image_url).toBe(`/pictures/${digest.slice(0, 32)}.webp`)
    expect(second.item).toEqual(first.item)
    const other = await uploadAndFetch(await twoHalves(60, 52).png())
    expect(other.item.image_url).not.toBe(first.item.image_url)
  })

  test('that is large is kept with 1200 pixels a side; none is made larger', async () => {
    const wide = await uploadAndFetch(await twoHalves(2400, 800).jpeg())
    expect([wide.item.width, wide.item.height]).toEqual([1200, 400])
    const tall = await uploadAndFetch(await twoHalves(700, 5000).jpeg())
    expect([tall.item.width, tall.item.height]).toEqual([168, 1200])
    const thin = await uploadAndFetch(await twoHalves(6000, 1).png())
    expect([thin.item.width, thin.item.height]).toEqual([1200, 1])
    const small = await uploadAndFetch(await twoHalves(3, 2).png())
    expect([small.item.width, small.item.height]).toEqual([3, 2])
  })

  test.each([
    [1, 80, 40, 'red first'],
    [3, 80, 40, 'blue first'],
    [6, 40, 80, 'red first'],
    [8, 40, 80, 'blue first'],
  ])('held as EXIF says (%i) stands upright, and tells no place', async (held, w, h, order) => {
    const photo = withExif(await twoHalves(80, 40).jpeg(95), held)
    expect(photo.includes('Exif')).toBe(true)
    const { item, content, metadata } = await uploadAndFetch(photo)
    expect([item.width, item.height]).toEqual([w, h])
    const first = (await colourAt(content, 5, 5)) as [number, number, number]
    expect(first[0] > first[2] ? 'red first' : 'blue first').toBe(order)
    expect(metadata.exif ?? {}).toEqual({})
    expect(/Exif|EXIF|XMP/.test(content.toString('latin1'))).toBe(false)
  })

  test('keeps what is transparent', async () => {
    const bytes = await draw(2400, 1200, (x) => (x < 1200 ? [255, 0, 0] : [0, 255, 0, 0])).png()
    const { content } = await uploadAndFetch(bytes)
    expect((await colourAt(content, 100, 300))[3]).toBe(255)
    expect((await colourAt(content, 1100, 300))[3]).toBe(0)
  })

  test('of noise, which nothing makes small, is kept below a megabyte all the same', async () => {
    let seed = 1
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) % 256
    const noise = draw(1200, 1200, () => [random(), random(), random(), random()])
    const { content } = await uploadAndFetch(await noise.webpLossless())
    expect(content.length).toBeLessThanOrEqual(1_000_000)
  })

  test('is what its content is, whatever the request calls it', async () => {
    const png = await twoHalves(20, 20).png()
    for (const type of ['image/jpeg', 'image/svg+xml', 'application/octet-stream']) {
      expect((await upload(png, type)).status, type).toBe(201)
    }
    for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=x']) {
      const { status, code } = await upload(png, type)
      expect([type, status, code]).toEqual([type, 415, 'WRONG_MEDIA_TYPE'])
    }
  })
})

describe('what is refused', () => {
  const words = async (bytes: Uint8Array, type?: string) => {
    const zh = await upload(bytes, type)
    const en = await upload(bytes, type, { 'accept-language': 'en' })
    expect(en.code).toBe(zh.code)
    return [zh.status, zh.code, zh.body.error.message, en.body.error.message]
  }

  test('an SVG, with words, even under a false name', async () => {
    const refused = [
      415,
      'WRONG_MEDIA_TYPE',
      expect.stringContaining('SVG'),
      expect.stringMatching(/SVG.+PNG/),
    ]
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for (const text of [svg, `\ufeff <?xml version="1.0"?>${svg}`, `<!-- x -->${svg}`]) {
      expect(await words(Buffer.from(text), 'image/svg+xml')).toEqual(refused)
      expect(await words(Buffer.from(text), 'image/png')).toEqual(refused)
    }
  })

  test('what is no picture, or one in another format', async () => {
    const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
    // It would be decoded, but it doesn't tell its size reliably beforehand.
    const avif = await twoHalves(9, 9).avif()
    for (const bytes of [Buffer.from('hello'), Buffer.alloc(0), Buffer.alloc(3000), gif, avif]) {
      expect((await words(bytes, 'image/png')).slice(0, 2)).toEqual([415, 'WRONG_MEDIA_TYPE'])
    }
    expect((await words(await twoHalves(9, 9).tiff())).slice(0, 2)).toEqual([
      415,
      'WRONG_MEDIA_TYPE',
    ])
  })

  test('a file that was cut off, or is damaged', async () => {
    const unreadable = [400, 'PICTURE_UNREADABLE']
    const whole = draw(120, 80, (x, y) => [x, y, (x * y) % 256])
    for (const format of ['jpeg', 'png', 'webp', 'bmp'] as const) {
      const bytes = await whole[format]()
      for (const part of [0.1, 0.5, 0.98]) {
        const cut = bytes.subarray(0, Math.max(20, bytes.length * part))
        expect([format, part, ...(await words(cut)).slice(0, 2)]).toEqual([
          format,
          part,
          ...unreadable,
        ])
      }
    }
    const damaged = Buffer.from(await whole.png())
    damaged.fill(0, 60, 200)
    expect((await words(damaged)).slice(0, 2)).toEqual(unreadable)
  })

  test('more pixels than anybody needs, before any of them is decoded', async () => {
    const size = (width: number, height: number) => [
      400,
      'PICTURE_TOO_LARGE',
      expect.stringContaining(`${width} × ${height}`),
      expect.stringContaining(`${width} × ${height}`),
    ]
    // None of its rows is there: whoever began to decode it would call it unreadable.
    const declared = (width: number, height: number) => greyPng(width, height, 1)
    expect(await words(declared(60_000, 60_000))).toEqual(size(60_000, 60_000))
    expect(await words(declared(12_001, 1))).toEqual(size(12_001, 1))
    expect(await words(declared(8000, 6251))).toEqual(size(8000, 6251))
    expect((await words(declared(8000, 6250))).slice(0, 2)).toEqual([400, 'PICTURE_UNREADABLE'])
    expect((await words(declared(0, 10))).slice(0, 2)).toEqual([400, 'PICTURE_UNREADABLE'])
    // A few hundred kilobytes that would fill 400 MB.
    const bomb = greyPng(20_000, 20_000)
    expect(bomb.length).toBeLessThan(500_000)
    const before = performance.now()
    expect(await words(bomb)).toEqual(size(20_000, 20_000))
    expect(performance.now() - before).toBeLessThan(1000)
  })

  test('more than 10 MiB; other routes still take 1 MiB of JSON, and JSON only', async () => {
    const png = await twoHalves(20, 20).png()
    const padded = (length: number) => Buffer.concat([png, Buffer.alloc(length - png.length)])
    expect((await words(padded(10 * 1024 * 1024 + 1))).slice(0, 2)).toEqual([413, 'BODY_TOO_LARGE'])
    expect((await upload(padded(10 * 1024 * 1024))).status).toBe(201)
    const { headers } = manager
    const other = { method: 'POST', url: '/api/inventory' } as const
    const asPicture = { ...headers, 'content-type': 'image/png' }
    expect((await shop.send({ ...other, headers: asPicture, payload: png })).code).toBe(
      'WRONG_MEDIA_TYPE',
    )
    const asJson = { ...headers, 'content-type': 'application/json' }
    const large = JSON.stringify({ sku: 'x'.repeat(2 * 1024 * 1024) })
    expect((await shop.send({ ...other, headers: asJson, payload: large })).code).toBe(
      'BODY_TOO_LARGE',
    )
  })
})

test('many pictures at once all arrive, or are told to come again', async () => {
  const files = await Promise.all(Array.from({ length: 24 }, another))
  const answers = await Promise.all(files.map((file) => upload(file)))
  const arrived = answers.filter(({ status }) => status === 201)
  expect(arrived.length).toBeGreaterThanOrEqual(10)
  for (const { status, code, headers } of answers.filter((answer) => !arrived.includes(answer))) {
    expect([status, code, headers['retry-after']]).toEqual([503, 'PICTURES_BUSY', '2'])
  }
  expect((await upload(await another())).status).toBe(201)
})

describe('everybody', () => {
  test('gets a picture once, and keeps it for a year', async () => {
    const { item } = (await upload(await another())).body
    const { status, headers } = await fetchPicture(item.image_url)
    expect([status, headers['content-type']]).toEqual([200, 'image/webp'])
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    const etag = String(headers['etag'])
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await fetchPicture(item.image_url, { 'if-none-match': known })
      expect([known, again.status, again.bytes.length]).toEqual([known, 304, 0])
    }
    expect((await fetchPicture(item.image_url, { 'if-none-match': '"x"' })).status).toBe(200)
  })

  test('is told when there is none, and keeps no word of it', async () => {
    for (const name of ['nothing.webp', '..%2f..%2fetc%2fpasswd', "x'--", '%00', 'é.webp']) {
      const { status, headers } = await fetchPicture(`/pictures/${name}`)
      expect([name, [400, 404].includes(status)]).toEqual([name, true])
      expect(headers['cache-control'] ?? '').not.toContain('immutable')
    }
    expect((await fetchPicture('/pictures/nothing.webp')).status).toBe(404)
  })

  test('sees drawings of the shop itself, which run nothing', async () => {
    const [url = ''] = await shop.app.pictures.addDrawings(
      [{ name: 'cat.svg', svg: '<svg xmlns="http://www.w3.org/2000/svg"/>' }],
      shop.clock.now(),
    )
    const { headers, bytes } = await fetchPicture(url)
    expect([url, headers['content-type']]).toEqual(['/pictures/cat.svg', 'image/svg+xml'])
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(bytes.toString()).toContain('<svg')
  })
})

describe('a picture that the shop has not got', () => {
  const gone = '/pictures/0123456789abcdef0123456789abcdef.webp'

  test('is shown by no product and no logo, and is no hindrance where it is shown already', async () => {
    const refused = { status: 400, code: 'PICTURE_UNKNOWN' }
    const product = { sku: 'NO-PICTURE', product_name: '猫粮', price_cents: 100 }
    const as = shop.as(manager)
    expect(await as.post('/api/inventory', { ...product, image_url: gone })).toMatchObject(refused)
    const product_id = await shop.addProduct({})
    const path = `/api/inventory/${product_id}`
    expect(await as.patch(path, { image_url: gone })).toMatchObject(refused)
    expect(await shop.as('owner').patch('/api/settings', { logo_url: gone })).toMatchObject(refused)
    await shop.core.store.db.updateTable('inventory').set({ image_url: gone }).execute()
    expect((await as.patch(path, { image_url: gone, price_cents: 5 })).status).toBe(200)
  })

  test('stays away when a file names it: the product keeps the one it has', async () => {
    const kept: string = (await upload(await another())).body.item.image_url
    const product_id = await shop.addProduct({ sku: 'KEEPS', image_url: kept })
    const file = `sku,product_name,price,image_url\nKEEPS,A,1.00,${gone}\nNEW-ONE,B,1.00,${gone}\n`
    const { body } = await importAs(shop, 'owner', file)
    expect(body).toMatchObject({ created: 1, updated: 1, error_count: 0 })
    const { items } = (await shop.as(manager).get('/api/inventory?search=NEW-ONE')).body
    const old = (await shop.as(manager).get(`/api/inventory/${product_id}`)).body.item
    expect([old.image_url, items[0].image_url]).toEqual([kept, null])
  })
})

describe('the upkeep', () => {
  /** Sessions have ended by then. */
  const later = async (ms: number) => {
    shop.clock.advance(ms)
    manager = await shop.addPerson('manager')
  }
  const isThere = async (url: string) => (await fetchPicture(url)).status === 200
  const uploadNew = async (): Promise<string> => (await upload(await another())).body.item.image_url

  test('deletes what nobody names after a day, and nothing else', async () => {
    const [unnamed, shown, archived, logo] = [
      await uploadNew(),
      await uploadNew(),
      await uploadNew(),
      await uploadNew(),
    ]
    const product_id = await shop.addProduct({ image_url: shown })
    const old = await shop.addProduct({ image_url: archived })
    await shop.as(manager).patch(`/api/inventory/${old}`, { active: false })
    await shop.set({ logo_url: logo })
    await later(DAY - 1000)
    const young = await uploadNew()
    await upkeep()
    expect(await isThere(unnamed)).toBe(true)
    await later(2000)
    await upkeep()
    const left = await Promise.all([unnamed, shown, archived, logo, young].map(isThere))
    expect(left).toEqual([false, true, true, true, true])

    await shop.as(manager).patch(`/api/inventory/${product_id}`, { image_url: null })
    await shop.set({ logo_url: null })
    await upkeep()
    expect(await Promise.all([shown, logo, archived].map(isThere))).toEqual([false, false, true])
  })

  test('leaves a picture that is uploaded again for another day', async () => {
    const file = await another()
    const url: string = (await upload(file)).body.item.image_url
    await later(DAY + 1000)
    expect((await upload(file)).body.item.image_url).toBe(url)
    await upkeep()
    expect(await isThere(url)).toBe(true)
    await later(DAY + 1000)
    await upkeep()
    expect(await isThere(url)).toBe(false)
  })

  test('goes through more pictures than one look holds', async () => {
    const drawings = Array.from({ length: 620 }, (_, i) => ({
      name: `many-${i}.svg`,
      svg: '<svg/>',
    }))
    const urls = await shop.app.pictures.addDrawings(drawings, shop.clock.now())
    const [kept = ''] = urls.slice(611)
    await shop.addProduct({ image_url: kept })
    await later(DAY + 1000)
    await upkeep()
    const left = await shop.core.store.db
      .selectFrom('pictures')
      .select('name')
      .where('name', 'like', 'many-%')
      .execute()
    expect(left.map(({ name }) => `/pictures/${name}`)).toEqual([kept])
  })

  describe('and whoever names a picture at the same moment', () => {
    const pause = () => new Promise((resolve) => setTimeout(resolve, 200))

    test('keeps it: what is being named is not deleted', async () => {
      const url = await uploadNew()
      const product_id = await shop.addProduct()
      await later(DAY + 1000)
      const { store } = shop.core
      let upkeepEnds: Promise<void> = Promise.resolve()
      await store.transaction(async (trx) => {
        await holdPicturesOf(store, trx, [url, null, undefined, 'https://example.com/x.webp'])
        const named = trx.updateTable('inventory').set({ image_url: url })
        await named.where('product_id', '=', product_id).execute()
        upkeepEnds = upkeep()
        await pause()
      })
      await upkeepEnds
      expect(await isThere(url)).toBe(true)
    })

    test.each(['product', 'new product', 'logo'])('waits for it, with a %s', async (what) => {
      const url = await uploadNew()
      const product_id = await shop.addProduct()
      const { store } = shop.core
      const order: string[] = []
      const name = () => {
        if (what === 'logo') return shop.set({ logo_url: url })
        if (what === 'new product') return shop.addProduct({ image_url: url })
        return shop.as(manager).patch(`/api/inventory/${product_id}`, { image_url: url })
      }
      let naming: Promise<unknown> = Promise.resolve()
      await store.transaction(async (trx) => {
        // As the upkeep does before it deletes.
        const row = trx.selectFrom('pictures').select('name')
        await store.dialect.forUpdate(row.where('name', '=', url.slice(10))).execute()
        naming = name().then(() => order.push('named'))
        await pause()
        order.push('released')
      })
      await naming
      expect(order).toEqual(['released', 'named'])
    })
  })
})
