// Shows that too few open files are said, and how many connections they allow.
import { expect, it } from 'vitest'
import { openFilesIn, possibleConnections } from './file-limit.ts'

const limits = (soft: string) => `Limit   Soft Limit  Hard Limit  Units
Max processes             96000                96000                processes
Max open files            ${soft}                 20000                files
`

it('reads the soft limit', () => {
  expect(openFilesIn(limits('1024'))).toBe(1024)
  expect(openFilesIn(limits('unlimited'))).toBe(Infinity)
  expect(openFilesIn('')).toBeNull()
})

it('says what to do where the limit is too low, and goes on with what is possible', () => {
  expect(possibleConnections(5000, limits('20000'))).toEqual({ count: 5000, warning: null })
  const { count, warning } = possibleConnections(5000, limits('1024'))
  expect(count).toBe(524)
  expect(warning).toContain('ulimit -n 5500')
  // The shop opens files of its own, too.
  expect(possibleConnections(5000, limits('5200')).count).toBe(4700)
  expect(possibleConnections(5000, '')).toEqual({ count: 5000, warning: null })
})
