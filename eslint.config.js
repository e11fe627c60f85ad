// Owns what ESLint checks: mistakes and the design's rules. Layout is Prettier's, types are tsc's.
import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const tests = ['**/*.test.{ts,tsx}', 'tests/**']
const pureRules = ['src/modules/**/rules.ts', 'src/modules/**/*-rules.ts']

const pure = 'A rule is pure: time, ids and chance are its arguments.'
const impure = [
  'process',
  'globalThis',
  'crypto',
  'performance',
  'fetch',
  'console',
  'Promise',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
]

const readOnce = 'Only src/platform/config.ts reads the environment.'

export default defineConfig(
  globalIgnores(['**/dist/', '**/node_modules/', 'coverage/', 'data/', 'bench/results/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-throw-literal': 'error',
      'no-undef': 'off',
    },
  },
  {
    files: ['{src,web,scripts,migrations}/**'],
    rules: { 'max-lines': ['error', 400] },
  },
  {
    files: tests,
    rules: {
      'max-lines': ['error', 500],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    name: 'the environment is read once',
    files: ['src/**', 'migrations/**'],
    ignores: ['src/platform/config.ts', ...tests],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: readOnce },
      ],
      'no-restricted-imports': [
        'error',
        ...['process', 'node:process'].map((name) => ({
          name,
          importNames: ['env', 'default'],
          message: readOnce,
        })),
      ],
    },
  },
  {
    name: 'rules are pure',
    files: pureRules,
    rules: {
      'no-restricted-globals': ['error', ...impure.map((name) => ({ name, message: pure }))],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: pure },
        { object: 'Math', property: 'random', message: pure },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: pure },
        { selector: 'CallExpression[callee.name="Date"]', message: pure },
        { selector: ':function[async=true]', message: pure },
        { selector: 'AwaitExpression', message: pure },
        { selector: 'ImportExpression', message: pure },
      ],
    },
  },
  {
    name: 'only the command line writes to the terminal',
    files: ['src/{lib,platform,modules}/**'],
    ignores: tests,
    rules: { 'no-console': 'error' },
  },
  {
    files: ['web/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
    },
  },
)
