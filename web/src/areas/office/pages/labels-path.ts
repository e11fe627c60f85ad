// Owns the address of the page of labels.

/** Each product is asked for by itself: so many a server answers in a moment. */
export const MOST_LABELLED = 100

export function labelsPath(productIds: readonly number[]): string {
  return `/office/stock/labels?ids=${productIds.join(',')}`
}
