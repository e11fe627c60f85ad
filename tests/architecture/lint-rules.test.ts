// Owns the proof that the design's lint rules bite: each is broken on purpose.
import { ESLint } from 'eslint'
import { expect, test } from 'vitest'

const withTypes = new ESLint({ overrideConfigFile: 'eslint.typed.config.js' })
const withoutTypes = new ESLint()

const longFile = (lines: number) => 'export {}\n'.repeat(lines)
const rules = 'src/modules/orders/refund-rules.ts'

const forbidden: readonly (readonly [rule: string, file: string, code: string])[] = [
  ['no-restricted-properties', 'src/modules/orders/store.ts', 'export const x = process.env.HOME'],
  ['no-restricted-properties', 'src/program.ts', 'export const { env } = process'],
  ['no-restricted-imports', 'src/program.ts', "export { env } from 'node:process'"],
  ['no-restricted-imports', 'src/program.ts', "import process from 'process'\nprocess.exit()"],
  ['no-restricted-properties', rules, 'export const now = () => Date.now()'],
  ['no-restricted-properties', rules, 'export const chance = () => Math.random()'],
  ['no-restricted-syntax', rules, 'export const now = () => new Date()'],
  ['no-restricted-syntax', rules, 'export const later = async () => 1'],
  ['no-restricted-globals', rules, 'export const id = () => crypto.randomUUID()'],
  ['no-restricted-globals', rules, 'export const later = (f: () => void) => setTimeout(f, 1)'],
  ['no-console', 'src/platform/logging.ts', "console.log('hello')"],
  ['max-lines', 'src/modules/orders/store.ts', longFile(401)],
  ['max-lines', 'web/src/areas/shop/page.tsx', longFile(401)],
  ['max-lines', 'tests/flows/orders.test.ts', longFile(501)],
  [
    'react-hooks/rules-of-hooks',
    'web/src/ui/x.tsx',
    'export function X() { if (a) useState(1); return null }',
  ],
]

const allowed: readonly (readonly [file: string, code: string])[] = [
  ['src/platform/config.ts', 'export const home = process.env.HOME'],
  ['scripts/build.ts', 'export const home = process.env.HOME'],
  ['src/modules/orders/rules.test.ts', 'export const home = process.env.HOME'],
  [rules, 'export const day = (ms: number) => new Date(ms).toISOString()'],
  ['tests/flows/orders.test.ts', longFile(500)],
]

test.each(forbidden)('%s reports a breach in %s', async (rule, file, code) => {
  expect(await messages(withoutTypes, file, code)).toContain(rule)
})

test.each(allowed)('%s is free of what binds others', async (file, code) => {
  expect(await messages(withoutTypes, file, code)).toEqual([])
})

// The file must exist: the type checker finds its project by it.
test.each([
  ['@typescript-eslint/no-floating-promises', 'export {}\nPromise.reject(new Error())'],
  ['@typescript-eslint/no-misused-promises', '[1].forEach(async () => await Promise.resolve())'],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    "export const f = (x: 'a' | 'b') => { switch (x) { case 'a': return 1 } return 2 }",
  ],
])('%s sees types', async (rule, code) => {
  expect(await messages(withTypes, 'scripts/check.ts', code)).toContain(rule)
})

async function messages(eslint: ESLint, filePath: string, code: string): Promise<unknown[]> {
  const results = await eslint.lintText(code, { filePath })
  return results.flatMap((result) =>
    result.messages.map(({ ruleId, message }) => ruleId ?? message),
  )
}
