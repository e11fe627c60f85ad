// Shows that a check fails by what it finds, by finding nothing to look at, and by breaking off.
import { afterEach, expect, test, vi } from 'vitest'
import { runChecks } from './check.ts'

afterEach(() => vi.restoreAllMocks())

test('a check that looked at something and found nothing wrong is the only one that passes', async () => {
  const lines: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  const result = await runChecks([
    { name: 'fine', run: () => ({ count: 2, of: 'files', by: 'tool 1', problems: [] }) },
    { name: 'wrong', run: () => ({ count: 2, of: 'files', problems: ['a is wrong'] }) },
    { name: 'idle', run: () => ({ count: 0, of: 'files', problems: [] }) },
    { name: 'broken', run: () => Promise.reject(new Error('no such tool')) },
  ])
  expect(result).toEqual({ passed: 1, failed: 3 })
  const text = lines.join('\n')
  for (const words of [
    '2 files (tool 1)',
    'a is wrong',
    'nothing to check: 0 files',
    'no such tool',
  ])
    expect(text).toContain(words)
})
