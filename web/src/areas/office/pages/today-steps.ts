// Owns which first steps a new shop still has to take, and until when they are shown. Pure.

type StepName = 'products' | 'shop' | 'staff' | 'look' | 'sale'

export interface Step {
  readonly name: StepName
  readonly to: string
  readonly done: boolean
}

/** What the shop has by now. */
export type Facts = Readonly<Record<'products' | 'receipt' | 'staff' | 'sale', boolean>>

/** What this browser remembers: nothing, that they were shown, that the shop was looked at, or that they are over. */
export type Progress = '' | 'shown' | 'looked' | 'over'

export function stepsOf(facts: Facts, progress: Progress, isOwner: boolean): readonly Step[] {
  return [
    { name: 'products', to: '/office/stock', done: facts.products },
    ...(isOwner ? [{ name: 'shop', to: '/office/settings', done: facts.receipt } as const] : []),
    { name: 'staff', to: '/office/staff', done: facts.staff },
    { name: 'look', to: '/', done: progress === 'looked' },
    { name: 'sale', to: '/counter', done: facts.sale },
  ]
}

/** A shop that sells already is never bothered; one that began with them sees them to the end. */
export function progressAfter(
  progress: Progress,
  facts: Pick<Facts, 'products' | 'sale'>,
  steps: readonly Step[],
): Progress {
  if (progress === 'over') return 'over'
  if (progress === '') return facts.products && facts.sale ? 'over' : 'shown'
  return steps.every(({ done }) => done) ? 'over' : progress
}

export function progressFrom(stored: string | null): Progress {
  return stored === 'shown' || stored === 'looked' || stored === 'over' ? stored : ''
}
