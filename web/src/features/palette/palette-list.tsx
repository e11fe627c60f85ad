// Owns the list below the palette's field: groups of what was found, one of them chosen.
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

import type { Find } from './finds.ts'
import type { PaletteGroup } from './palette.tsx'
import styles from './palette.module.css'

interface PaletteListProps {
  readonly id: string
  readonly groups: readonly PaletteGroup[]
  readonly active: Find | undefined
  readonly idOf: (find: Find) => string
  readonly onHover: (find: Find) => void
  readonly onPick: (find: Find) => void
}

export function PaletteList({ id, groups, active, idOf, onHover, onPick }: PaletteListProps) {
  const { t } = useTranslation()
  const activeId = active && idOf(active)
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])
  return (
    <div id={id} role="listbox" aria-label={t('palette.open')} className={styles.list}>
      {groups.map(({ name, finds }) => (
        <div key={name} role="group" aria-label={t(`palette.${name}`)}>
          <p className={styles.group} aria-hidden="true">
            {t(`palette.${name}`)}
          </p>
          {finds.map((find) => (
            <div
              key={find.key}
              id={idOf(find)}
              role="option"
              aria-selected={find.key === active?.key}
              className={styles.option}
              onMouseMove={() => onHover(find)}
              onClick={() => onPick(find)}
            >
              <span className={styles.name}>{find.name}</span>
              {find.detail && <span className={styles.detail}>{find.detail}</span>}
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
