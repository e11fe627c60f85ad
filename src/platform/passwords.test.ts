// Shows that stored passwords can be checked by anybody's argon2id, and that a flood is refused, not queued.
import { argon2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import { AppError } from '../lib/errors.ts'
import { createPasswords } from './passwords.ts'

const passwords = createPasswords()

test('a hash is an argon2id PHC string with the documented cost and a salt of its own', async () => {
  const [one, two] = await Promise.all([passwords.hash('parrot'), passwords.hash('parrot')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(one).not.toBe(two)
})

test('the right password is accepted, every other refused', async () => {
  const stored = await passwords.hash('鹦鹉 parrot')
  expect(await passwords.verify(stored, '鹦鹉 parrot')).toBe(true)
  for (const wrong of ['鹦鹉 parro', '鹦鹉 parrot ', '', 'PARROT']) {
    expect(await passwords.verify(stored, wrong)).toBe(false)
  }
})

test('the cost is read from the string: a vector of the reference implementation', async () => {
  const vector =
    '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  expect(await passwords.verify(vector, 'password')).toBe(true)
  expect(await passwords.verify(vector, 'Password')).toBe(false)
})

test('without a usable stored string nobody gets in, and it takes as long', async () => {
  const stored = await passwords.hash('parrot')
  const known = await timeOf(() => passwords.verify(stored, 'wrong'))
  for (const nothing of [null, '', 'plain', '$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAA']) {
    expect(await passwords.verify(nothing, 'plain')).toBe(false)
    expect(await timeOf(() => passwords.verify(nothing, 'wrong'))).toBeGreaterThan(known / 3)
  }
})

test('beyond the queue log-ins are refused at once, and those that wait are served', async () => {
  const stored = cheap('parrot')
  const results = await Promise.allSettled(
    Array.from({ length: 200 }, () => passwords.verify(stored, 'parrot')),
  )
  const served = results.filter((result) => result.status === 'fulfilled')
  expect(served.length).toBeGreaterThanOrEqual(65)
  expect(served.length).toBeLessThanOrEqual(68)
  expect(served.every((result) => result.value)).toBe(true)
  for (const result of results) {
    if (result.status === 'fulfilled') continue
    expect(result.reason).toBeInstanceOf(AppError)
    expect(result.reason).toMatchObject({ code: 'TOO_MANY_LOGINS', status: 429, retryAfter: 1 })
  }
  expect(await passwords.verify(stored, 'parrot')).toBe(true)
})

test('many are hashed in order, and the progress is told', async () => {
  const list = Array.from({ length: 9 }, (_, i) => `parrot ${i}`)
  const progress: number[] = []
  const hashes = await passwords.hashAll(list, (done) => progress.push(done))
  expect(progress).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  for (const [i, stored] of hashes.entries()) {
    expect(await passwords.verify(stored, list[i]!)).toBe(true)
  }
})

function cheap(password: string): string {
  const salt = Buffer.from('somesaltsomesalt')
  const tag = argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    memory: 8,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  })
  const [s, t] = [salt, tag].map((bytes) => bytes.toString('base64').replace(/=+$/, ''))
  return `$argon2id$v=19$m=8,t=1,p=1$${s}$${t}`
}

/** The shortest of five: the machine's other work only adds. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  let shortest = Infinity
  for (let i = 0; i < 5; i++) {
    const start = performance.now()
    await work()
    shortest = Math.min(shortest, performance.now() - start)
  }
  return shortest
}
