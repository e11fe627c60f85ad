// Owns the page's ties to its own versions: the worker that speaks without a network, and pieces that a newer build took away.

const storageName = 'petshop.reloaded'
const pauseMs = 60_000

/** For browsers that can; over plain HTTP only this machine's own address counts as safe. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  // After the first view: it isn't needed for it.
  window.addEventListener('load', () => {
    navigator.serviceWorker.register('/sw.js').catch(() => {
      // Without it the page works as before, only not offline.
    })
  })
}

/** Keeps the counter's own page on the device: it opens without a network. */
export function registerTillWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/counter-sw.js', { scope: '/counter' }).catch(() => {
    // Without it a till that is open goes on, only a reload needs the server.
  })
}

/** A page opened before a new version was installed asks for pieces that are gone: it starts anew, once. */
export function reloadWhenOutdated(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(storageName) ?? 0)
    if (!navigator.onLine || Date.now() - last < pauseMs) return
    sessionStorage.setItem(storageName, String(Date.now()))
    event.preventDefault()
    location.reload()
  })
}
