// Shows how the settings of backups are read, and what is said of wrong ones.
import { describe, expect, test } from 'vitest'
import { createSettingsReader } from '../settings.ts'
import { readBackupSettings } from './settings.ts'

function read(env: Record<string, string>) {
  const reader = createSettingsReader(env)
  return { ...readBackupSettings(reader), problems: reader.problems }
}
const bucket = { PETSHOP_BACKUP_S3_KEY: 'key', PETSHOP_BACKUP_S3_SECRET: 'secret' }

describe('settings of backups', () => {
  test('two weeks of days and eight of weeks stay, unless told otherwise', () => {
    expect(read({})).toEqual({
      keep: { days: 14, weeks: 8, months: 0 },
      remote: null,
      problems: [],
    })
    const { keep } = read({ PETSHOP_BACKUP_KEEP: '3d,12m' })
    expect(keep).toEqual({ days: 3, weeks: 0, months: 12 })
  })

  test.each(['', '14', '0d', '14d 8w', '14d,', '-1d', '1y'])(
    'keep %j is refused or the default',
    (text) => {
      const { keep, problems } = read({ PETSHOP_BACKUP_KEEP: text })
      if (text === '') expect(keep.days).toBe(14)
      else expect(problems).toEqual([expect.stringMatching(/^PETSHOP_BACKUP_KEEP=/)])
    },
  )

  test('a bucket has an address without a slash at its end, a key and a secret', () => {
    const { remote, problems } = read({
      ...bucket,
      PETSHOP_BACKUP_S3_URL: 'https://s3.example/shop/a/',
    })
    expect([remote?.url, remote?.region, problems]).toEqual([
      'https://s3.example/shop/a',
      'us-east-1',
      [],
    ])
    expect(read({ PETSHOP_BACKUP_S3_URL: 'https://s3.example/shop' }).problems).toHaveLength(2)
  })

  test.each([
    's3://shop',
    'https://s3.example',
    'https://s3.example/',
    'https://s3.example/a//b',
    'https://k:s@s3.example/shop',
    'https://s3.example/shop?x=1',
    'shop',
  ])('%s is no bucket, and no secret is repeated', (url) => {
    const { problems } = read({ ...bucket, PETSHOP_BACKUP_S3_URL: url })
    expect(problems).toEqual([expect.stringMatching(/^PETSHOP_BACKUP_S3_URL: must be /)])
  })
})
