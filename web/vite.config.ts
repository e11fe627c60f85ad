// Owns how the pages are bundled, and how a dev server reaches the API.
import { fileURLToPath } from 'node:url'

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const api = 'http://127.0.0.1:8080'

// A phone opens few connections: what every page needs comes in two pieces, not in thirty.
const groups = [
  {
    name: 'base',
    test: /node_modules[\\/](?:react|react-dom|scheduler|react-router|@tanstack|i18next|react-i18next|cookie|use-sync-external-store|void-elements|html-parse-stringify)[\\/]/,
    priority: 2,
  },
  {
    name: 'ui',
    // What lies in a folder `office` comes with the staff's pages.
    test: /web[\\/]src[\\/](?:ui|lib(?![\\/]locales))[\\/](?!office[\\/])|(?<!web[\\/])src[\\/]lib[\\/]/,
    priority: 1,
  },
]

export default defineConfig(({ command }) => {
  // Built from within the tests, the pages are still the real ones: not React's slow development build.
  if (command === 'build') process.env['NODE_ENV'] = 'production'
  return {
    root: fileURLToPath(new URL('.', import.meta.url)),
    plugins: [react()],
    server: { proxy: { '/api': api, '/pictures': api } },
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      target: 'es2023',
      // The charts: a piece of its own, fetched only by the page that shows them.
      chunkSizeWarningLimit: 600,
      rolldownOptions: {
        output: { codeSplitting: { groups, includeDependenciesRecursively: false } },
      },
    },
  }
})
