// Shows that mail is either set up completely or refused at the start, with what is missing.
import { expect, test } from 'vitest'
import { readConfig } from '../config.ts'

const complete = {
  PETSHOP_SMTP_HOST: 'smtp.example.com',
  PETSHOP_SMTP_FROM: 'shop@example.com',
  PETSHOP_PUBLIC_URL: 'https://shop.example.com',
}

const problemOf = (env: Readonly<Record<string, string>>) => {
  try {
    readConfig({ ...complete, ...env })
    return null
  } catch (error) {
    return (error as Error).message
  }
}

test('a server, a sender and an address are enough; encryption is the default', () => {
  expect(readConfig(complete).mail).toMatchObject({ port: 587, tls: 'starttls', user: null })
  expect(readConfig({ ...complete, PETSHOP_SMTP_HOST: '' }).mail).toBeNull()
})

test('what is missing or wrong is named, and no password with it', () => {
  expect(problemOf({ PETSHOP_SMTP_FROM: '' })).toContain('PETSHOP_SMTP_FROM')
  expect(problemOf({ PETSHOP_SMTP_FROM: 'Shop <shop@example.com>' })).toContain('PETSHOP_SMTP_FROM')
  expect(problemOf({ PETSHOP_PUBLIC_URL: '' })).toContain('PETSHOP_PUBLIC_URL')
  for (const url of ['shop.example.com', 'ftp://shop', 'https://shop/path', 'https://shop?x=1']) {
    expect(problemOf({ PETSHOP_PUBLIC_URL: url })).toContain('PETSHOP_PUBLIC_URL')
  }
  const alone = problemOf({ PETSHOP_SMTP_PASSWORD: 'geheim' })
  expect(alone).toContain('PETSHOP_SMTP_USER')
  expect(alone).not.toContain('geheim')
  expect(problemOf({ PETSHOP_SECRET_KEY: 'too short' })).toContain('PETSHOP_SECRET_KEY')
})
