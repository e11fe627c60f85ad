// Owns that the counter opens without a network: its page and the built files it is made of are kept on the device, and
// nothing else: no answer of the API. The build names the files; another build is another worker with another copy.
/* global self, caches, fetch, location, AbortSignal, Request, Response, URL */

const version = '__VERSION__'
const kept = `counter-${version}`
const page = '/counter'
const files = [page, '__FILES__'].flat()
/** A network that swallows everything must not keep the till closed. */
const patienceMs = 4_000
/** The last page came from here: what it is made of does so too, without waiting once more. */
let isAway = false

self.addEventListener('install', (event) => {
  const fresh = files.map((file) => new Request(file, { cache: 'no-cache' }))
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll(fresh)))
  void self.skipWaiting()
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith('counter-') && name !== kept))
      .then((old) => Promise.all(old.map((name) => caches.delete(name)))),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin || request.method !== 'GET') return
  if (request.mode === 'navigate') {
    event.respondWith(freshPage(request))
  } else if (files.includes(pathname)) {
    // A built file never changes under its name; the few others are asked for first.
    const isBuilt = pathname.startsWith('/assets/')
    event.respondWith(isBuilt ? keptCopy(pathname, request) : freshCopy(request, pathname))
  }
})

async function freshPage(request) {
  isAway = false
  try {
    return await fetch(request, { signal: AbortSignal.timeout(patienceMs) })
  } catch {
    isAway = true
    return keptCopy(page)
  }
}

async function freshCopy(request, path) {
  if (isAway) return keptCopy(path, request)
  try {
    return await fetch(request, { signal: AbortSignal.timeout(patienceMs) })
  } catch {
    return keptCopy(path)
  }
}

/** @param request asked of the server if there is no copy */
async function keptCopy(path, request) {
  const copy = await caches.match(path, { cacheName: kept })
  return copy ?? (request ? fetch(request) : Response.error())
}
