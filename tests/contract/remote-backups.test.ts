// Shows that backups go to a bucket and come back unchanged, signed, in pieces, and that whatever differs is noticed.
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { EXIT } from '../../src/lib/startup-error.ts'
import { openRemote } from '../../src/platform/backup/remote.ts'
import { type S3Server, startS3 } from '../support/s3-server.ts'
import { tempDir } from '../support/temp-dir.ts'

const NAME = 'petshop-20261122-030000.db'
const KEY = `petshop/${NAME}`

let s3: S3Server
let folder: string
beforeEach(async () => {
  s3 = await startS3()
  folder = tempDir()
})

function fileOf(bytes: number): string {
  const path = join(folder, 'shop.db')
  writeFileSync(path, randomBytes(bytes))
  return path
}

describe('backups in a bucket', () => {
  test('go there and come back byte by byte, and are read back when they are sent', async () => {
    const file = fileOf(300_000)
    const remote = openRemote(s3)
    await remote.upload(file, NAME)
    expect(s3.objects.get(KEY)?.bytes.equals(readFileSync(file))).toBe(true)
    expect(s3.calls).toEqual([`PUT /shop/${KEY}`, `GET /shop/${KEY}`])

    const back = join(folder, 'back.db')
    await remote.download(NAME, back)
    expect(readFileSync(back).equals(readFileSync(file))).toBe(true)
  })

  test('large ones go in pieces, and nothing is left of one that breaks off', async () => {
    const file = fileOf(250_000)
    const remote = openRemote(s3, { pieceBytes: 100_000 })
    await remote.upload(file, NAME)
    expect(s3.objects.get(KEY)?.bytes.equals(readFileSync(file))).toBe(true)
    expect(s3.uploads.size).toBe(0)

    s3.objects.clear()
    s3.interfere = (method, path) =>
      method === 'PUT' && path.includes('partNumber=3') ? 403 : null
    await expect(remote.upload(file, NAME)).rejects.toThrow(/refuses PUT \(AccessDenied\)/)
    expect([s3.objects.size, s3.uploads.size]).toEqual([0, 0])
  })

  test('are listed newest first over several pages, without what is not ours', async () => {
    for (const day of ['20', '22', '21', '19', '18'])
      s3.objects.set(`petshop/petshop-202611${day}-030000.db`, { bytes: Buffer.alloc(3), hash: '' })
    s3.objects.set('petshop/notes.txt', { bytes: Buffer.alloc(1), hash: '' })
    s3.objects.set('other/petshop-20261122-030000.db', { bytes: Buffer.alloc(1), hash: '' })
    const remote = openRemote(s3)
    const days = (await remote.list()).map(({ name, bytes }) => [name.slice(14, 16), bytes])
    expect(days).toEqual([['22', 3], ['21', 3], ['20', 3], ['19', 3], ['18', 3]]) // prettier-ignore
    await remote.remove(NAME)
    expect((await remote.list()).map(({ name }) => name)).not.toContain(NAME)
  })

  test('one that has changed over there is noticed, and never becomes a file', async () => {
    const remote = openRemote(s3)
    await remote.upload(fileOf(1000), NAME)
    const { bytes, hash } = s3.objects.get(KEY)!
    const changed = Buffer.from(bytes)
    changed[500]! ^= 1
    s3.objects.set(KEY, { bytes: changed, hash })
    const back = join(folder, 'back.db')
    await expect(remote.download(NAME, back)).rejects.toThrow(/differs by its SHA-256/)
    expect(existsSync(back)).toBe(false)
    expect(readdirSync(folder)).toEqual(['shop.db'])
  })

  test('a bucket that keeps something else than it was sent is noticed when it is sent', async () => {
    const file = fileOf(1000)
    s3.interfere = (method) => {
      const kept = s3.objects.get(KEY)
      if (method === 'GET' && kept) kept.bytes = Buffer.from('something else')
      return null
    }
    await expect(openRemote(s3).upload(file, NAME)).rejects.toThrow(/differs by its SHA-256/)
    expect(s3.objects.has(KEY)).toBe(false)
  })

  test('a body that breaks off is asked for again', async () => {
    const file = fileOf(300_000)
    const remote = openRemote(s3)
    s3.breakOff = 2
    await remote.upload(file, NAME)
    expect(s3.calls.filter((call) => call.startsWith('GET'))).toHaveLength(3)
    s3.breakOff = 1
    await remote.download(NAME, join(folder, 'back.db'))
    expect(readFileSync(join(folder, 'back.db')).equals(readFileSync(file))).toBe(true)
  })

  test('one that breaks off again and again is a place that is away, and nothing unproved stays there', async () => {
    const file = fileOf(300_000)
    const remote = openRemote(s3)
    s3.breakOff = 3
    await expect(remote.upload(file, NAME)).rejects.toMatchObject({
      exitCode: EXIT.unavailable,
      message: expect.stringMatching(/does not answer \(\w+\)\.$/),
    })
    expect(s3.objects.has(KEY)).toBe(false)

    await remote.upload(file, NAME)
    s3.breakOff = 3
    const back = remote.download(NAME, join(folder, 'back.db'))
    await expect(back).rejects.toMatchObject({ exitCode: EXIT.unavailable })
    expect(readdirSync(folder)).toEqual(['shop.db'])
  })

  test('a wrong secret and a bucket that is away are told in one sentence each', async () => {
    const wrong = openRemote({ ...s3, secret: 'another' })
    await expect(wrong.list()).rejects.toThrow(/refuses GET \(SignatureDoesNotMatch\)\.$/)
    await s3.stop()
    await expect(openRemote(s3).list()).rejects.toThrow(/does not answer \(ECONNREFUSED\)\.$/)
  })
})
