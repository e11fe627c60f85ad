// Owns how the pages are bundled, and how a dev server reaches the API.
import { fileURLToPath } from 'node:url'

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const api = 'http://127.0.0.1:8080'

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
}

// A phone opens few connections: what every page needs comes in two pieces, not in thirty, and the shop in one more.
const groups = [
  {
    name: 'base',
    // With what the bundler adds of its own.
    test: /node_modules[\\/](?:react|react-dom|scheduler|react-router|@tanstack[\\/](?:query-core|react-query)|i18next|react-i18next|cookie|use-sync-external-store|void-elements|html-parse-stringify)[\\/]|rolldown[\\/]runtime|vite[\\/]preload-helper/,
    priority: 3,
  },
  {
    name: 'ui',
    // What lies in a folder `office` comes with the staff's pages.
    test: /web[\\/]src[\\/](?:ui|lib(?![\\/]locales))[\\/](?!office[\\/])|(?<!web[\\/])src[\\/]lib[\\/]/,
    priority: 2,
  },
  {
    debugName: 'shop',
    name: (id: string, modules: Modules) => (shopParts(modules).has(id) ? 'shop' : null),
    test: /web[\\/]src[\\/](?:features[\\/]|areas[\\/]shop[\\/]link-for)/,
    priority: 1,
  },
]

let knownParts: ReadonlySet<string> | undefined

/** All that the shop's first pages import, which isn't what they load later. */
function shopParts(modules: Modules): ReadonlySet<string> {
  if (knownParts) return knownParts
  const area = fileURLToPath(new URL('src/areas/shop/shop-area.tsx', import.meta.url))
  const parts = new Set([area])
  for (const id of parts) {
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) parts.add(imported)
  }
  return (knownParts = parts)
}

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
      // Which source became which file: scripts/bundle-size.ts adds up what a first visit loads.
      manifest: true,
      // Every browser that understands the rest does this by itself.
      modulePreload: { polyfill: false },
      target: 'es2023',
      // The charts: a piece of its own, fetched only by the page that shows them.
      chunkSizeWarningLimit: 600,
      rolldownOptions: {
        output: { codeSplitting: { groups, includeDependenciesRecursively: false } },
      },
    },
  }
})
