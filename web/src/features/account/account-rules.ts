// Owns what the page can tell about a name or password before the server is asked. Pure.

const shortestPassword = 8

export function usernameWrong(username: string): boolean {
  return username.trim() === '' || username.length > 60
}

export function emailWrong(email: string): boolean {
  return !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) || email.length > 254
}

export function passwordWrong(password: string): boolean {
  return password.length < shortestPassword || password.length > 128
}

/** "Chrome · Windows" out of a browser's long description of itself. */
export function deviceName(userAgent: string): string {
  const browser =
    /MicroMessenger/.exec(userAgent)?.[0].replace('MicroMessenger', 'WeChat') ??
    /Edg(?=\/)/.exec(userAgent)?.[0].replace('Edg', 'Edge') ??
    /Firefox|Chrome|Safari|curl/.exec(userAgent)?.[0]
  const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(userAgent)?.[0]
  const name = [browser, system?.replace('Mac OS X', 'macOS')].filter(Boolean).join(' · ')
  return name === '' ? userAgent.slice(0, 60) : name
}
