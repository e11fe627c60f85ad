// Owns what an installed shop does without a network: a page that says so. It keeps nothing else: no answer of
// the API, and no built file, which the browser's own cache keeps already. So a new version has nothing to tidy.
/* global self, caches, fetch, location, Request, Response, URL */

/** Set by the build from what is kept: another content is another worker, which replaces the kept copies. */
const version = '__VERSION__'
const kept = `offline-${version}`
const offlinePage = '/offline.html'
const files = [offlinePage, '/icon.svg']

self.addEventListener('install', (event) => {
  const fresh = files.map((file) => new Request(file, { cache: 'reload' }))
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll(fresh)))
  // Pages get everything from the server as before: nobody has to wait for old ones to close.
  void self.skipWaiting()
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      // The counter's worker keeps its own.
      .then((names) => names.filter((name) => name.startsWith('offline-') && name !== kept))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin || request.method !== 'GET') return
  if (request.mode === 'navigate' && !pathname.startsWith('/api/')) {
    event.respondWith(fetch(request).catch(() => keptCopy(offlinePage)))
  } else if (pathname === '/icon.svg') {
    event.respondWith(fetch(request).catch(() => keptCopy(pathname)))
  }
})

async function keptCopy(path) {
  return (await caches.match(path)) ?? Response.error()
}
