// Owns taking one of several, round and round: after the last comes the first again.
export function nth<T>(list: readonly T[], n: number): T {
  if (list.length === 0) throw new RangeError('nothing to take from')
  return list[n % list.length] as T
}
