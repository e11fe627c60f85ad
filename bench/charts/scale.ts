// Owns where a value lies on an axis, and which values are written beside it.

export interface Scale {
  readonly ticks: readonly number[]
  /** From 0, the axis' beginning, to 1, its end. */
  at(value: number): number
}

/** From 0 to a round number that holds them all. @param parts about how many */
export function linearScale(values: readonly number[], parts = 4): Scale {
  const most = Math.max(0, ...values.filter(Number.isFinite))
  const step = roundUp((most || 1) / parts)
  const count = Math.max(1, Math.ceil((most || 1) / step - 1e-9))
  const end = count * step
  return {
    ticks: Array.from({ length: count + 1 }, (_, i) => i * step),
    at: (value) => value / end,
  }
}

/** For values that multiply, as 16, 64, 256: each is a tick. */
export function logScale(values: readonly number[]): Scale {
  const ticks = [...new Set(values)].toSorted((one, other) => one - other)
  const [first, last] = [Math.log(ticks[0] ?? 1), Math.log(ticks.at(-1) ?? 1)]
  return {
    ticks,
    at: (value) => (last === first ? 0.5 : (Math.log(value) - first) / (last - first)),
  }
}

/** 1, 2 or 5, times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return (([1, 2, 5].find((digit) => digit * power >= value * (1 - 1e-9)) ?? 10) as number) * power
}
