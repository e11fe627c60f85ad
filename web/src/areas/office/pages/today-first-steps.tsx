// Owns what an empty shop's first page leads to: each step a link, ticked when it is done, gone when all are.
import { useQueries } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { api, type Page, type Query } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'
import { useSession } from '../../../lib/session.ts'
import { useShopInfo } from '../../../lib/shop-info.ts'
import { readStored, writeStored } from '../../../lib/storage.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Icon } from '../../../ui/icon.tsx'
import styles from './today-first-steps.module.css'
import {
  type Facts,
  type Progress,
  progressAfter,
  progressFrom,
  type Step,
  stepsOf,
} from './today-steps.ts'

const storageName = 'petshop.first-steps'

interface FirstStepsState {
  /** Not known yet whether there are any: what stands below them waits. */
  readonly loading: boolean
  readonly steps: readonly Step[]
  readonly set: (progress: Progress) => void
}

export function useFirstSteps(): FirstStepsState {
  const { may } = useSession()
  const [progress, setProgress] = useState(() => progressFrom(readStored(storageName)))
  const wanted = may('manager') && progress !== 'over'
  const { facts, loading } = useFacts(wanted)
  const steps = facts ? stepsOf(facts, progress, may('owner')) : []
  const next = facts ? progressAfter(progress, facts, steps) : progress
  if (wanted && next !== progress) setProgress(next)
  useEffect(() => {
    if (progress !== '') writeStored(storageName, progress)
  }, [progress])
  return {
    loading: wanted && loading,
    steps: wanted && next !== 'over' ? steps : [],
    set: (chosen) => {
      // Here too: a link leads away before the effect.
      writeStored(storageName, chosen)
      setProgress(chosen)
    },
  }
}

/** Whether there is one of each; null until all have been answered, and where one failed. */
function useFacts(enabled: boolean): { facts: Facts | null; loading: boolean } {
  const shop = useShopInfo()
  const answers = useQueries({
    queries: [
      anyQuery(keys.inventory, '/inventory', {}, enabled),
      anyQuery(keys.orders, '/orders', {}, enabled),
      anyQuery(keys.users, '/users', { role: 'manager' }, enabled),
      anyQuery(keys.users, '/users', { role: 'clerk' }, enabled),
    ],
  })
  const [products, sale, manager, clerk] = answers.map(({ data }) => data)
  const loading = answers.some(({ isPending }) => isPending)
  if (
    products === undefined ||
    sale === undefined ||
    manager === undefined ||
    clerk === undefined
  ) {
    return { facts: null, loading }
  }
  const receipt = shop.receipt_text.trim() !== ''
  return { facts: { products, sale, receipt, staff: manager || clerk }, loading }
}

function anyQuery(key: readonly string[], path: string, filter: Query, enabled: boolean) {
  return {
    queryKey: [...key, 'any', filter],
    queryFn: async () => {
      const { items } = await api.get<Page<unknown>>(path, { ...filter, limit: 1 })
      return items.length > 0
    },
    enabled,
    // The page waits for it: without an answer it does without.
    retry: false,
  }
}

export function FirstSteps({ steps, set }: Pick<FirstStepsState, 'steps' | 'set'>) {
  const { t } = useTranslation()
  return (
    <Card
      title={t('firstSteps.title')}
      action={
        <Button tone="quiet" size="sm" onClick={() => set('over')}>
          {t('firstSteps.dismiss')}
        </Button>
      }
    >
      <p className={styles.text}>{t('firstSteps.text')}</p>
      <ol className={styles.steps}>
        {steps.map(({ name, to, done }) => (
          <li key={name}>
            <Link
              to={to}
              className={done ? `${styles.step} ${styles.done}` : styles.step}
              onClick={() => name === 'look' && set('looked')}
            >
              <span className={styles.mark}>{done && <Icon name="check" size={16} />}</span>
              <span className={styles.words}>
                <span className={styles.name}>{t(`firstSteps.${name}`)}</span>
                <span className={styles.detail}>{t(`firstSteps.${name}Text`)}</span>
              </span>
              {done && <span className="visually-hidden">{t('firstSteps.done')}</span>}
              <span className={styles.way}>
                <Icon name="forward" size={18} />
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  )
}
