// Owns how well two sets of times can be told apart: 0.5 not at all, 0 or 1 always (Mann–Whitney).

export interface Auc {
  /** How likely one of the second set is longer than one of the first. */
  readonly auc: number
  /** Half the width of its 95 % confidence interval, if the two sets were alike. */
  readonly margin: number
}

export function aucOf(first: readonly number[], second: readonly number[]): Auc {
  const all = [
    ...first.map((value) => ({ value, isSecond: false })),
    ...second.map((value) => ({ value, isSecond: true })),
  ].sort((a, b) => a.value - b.value)
  const [n, m] = [first.length, second.length]
  const u = rankSum(all) - (m * (m + 1)) / 2
  return { auc: u / (n * m), margin: 1.96 * Math.sqrt((n + m + 1) / (12 * n * m)) }
}

/** The sum of the second set's ranks, equal values sharing theirs. */
function rankSum(
  sorted: readonly { readonly value: number; readonly isSecond: boolean }[],
): number {
  let sum = 0
  for (let begin = 0; begin < sorted.length;) {
    let end = begin
    while (end < sorted.length && sorted[end]?.value === sorted[begin]?.value) end++
    const shared = (begin + 1 + end) / 2
    sum += shared * sorted.slice(begin, end).filter(({ isSecond }) => isSecond).length
    begin = end
  }
  return sum
}
