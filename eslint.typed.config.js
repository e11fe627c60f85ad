// Owns the rules that need types: few, worth their seconds in `npm test`, too slow for the quick check.
import { defineConfig } from 'eslint/config'
import base from './eslint.config.js'

export default defineConfig(base, {
  // A forgotten await is a lost error. The pages do without: their promises belong to the query client, and
  // antd's types take longest to read.
  files: ['{src,scripts,tests,migrations}/**/*.ts'],
  languageOptions: {
    parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
  },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/await-thenable': 'error',
    '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
    '@typescript-eslint/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: true },
    ],
  },
})
