// Owns the address of the page of order papers.

/** Each order is asked for by itself: so many a server answers in a moment. */
export const MOST_PAPERS = 100

export const PAPER_KINDS = ['slip', 'label'] as const
export type PaperKind = (typeof PAPER_KINDS)[number]

export function orderPapersPath(kind: PaperKind, orderIds: readonly number[]): string {
  return `/office/orders/print?kind=${kind}&ids=${orderIds.join(',')}`
}
