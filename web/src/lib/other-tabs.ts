// Owns telling the shop's other tabs that somebody logged in or out in this one.

const channel = open()

export function tellOtherTabs(): void {
  channel?.postMessage(null)
}

export function whenOtherTabTells(listener: () => void): void {
  channel?.addEventListener('message', listener)
}

/** A browser that keeps nothing may forbid it: then a tab learns it with its next question. */
function open(): BroadcastChannel | null {
  try {
    return new BroadcastChannel('petshop-session')
  } catch {
    return null
  }
}
