// Owns who hears first that the address changes by the back button: browsers tell in the order of asking, and the
// router asks as soon as the page is drawn.

let first: ((event: PopStateEvent) => void) | null = null

addEventListener('popstate', (event) => first?.(event))

/** Until the returned function is called, `listener` may keep the event from the router. */
export function listenBeforeRouter(listener: (event: PopStateEvent) => void): () => void {
  first = listener
  return () => {
    if (first === listener) first = null
  }
}
