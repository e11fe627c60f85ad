// Owns naming a device by what its browser says of itself. Pure.

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
