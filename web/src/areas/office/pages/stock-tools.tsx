// Owns what managers do with the catalogue as a whole: add to it, bring it in from a file, take it out as one.
import { DownOutlined } from '@ant-design/icons'
import { Dropdown } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Query } from '../../../lib/api.ts'
import { exportPath } from '../../../lib/office/export-path.ts'
import { Button, LinkButton } from '../../../ui/button.tsx'
import styles from './filters.module.css'

/** With its calendars: few need it. */
const MovementsExport = lazy(async () => {
  const { MovementsExport: dialog } = await import('./movements-export.tsx')
  return { default: dialog }
})

const importPath = '/office/stock/import'

interface StockToolsProps {
  /** What the list shows now, as the server understands it. */
  readonly shown: Query
  readonly onAdd: () => void
}

export function StockTools({ shown, onAdd }: StockToolsProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<boolean | null>(null)
  const download = (name: 'active' | 'all', query: { active?: boolean }) => ({
    key: name,
    label: (
      <a href={exportPath('/inventory/export', { ...query, format: 'csv' })} download>
        {t(`exports.${name}`)}
      </a>
    ),
  })
  return (
    <span className={styles.tools}>
      <LinkButton size="sm" to={importPath}>
        {t('exports.import')}
      </LinkButton>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            {
              key: 'shown',
              label: (
                <a href={exportPath('/inventory/export', shown)} download>
                  {t('list.exportShown')}
                </a>
              ),
            },
            { type: 'divider' },
            download('active', { active: true }),
            download('all', {}),
            { type: 'divider' },
            {
              key: 'movements',
              label: t('exports.movements'),
              onClick: () => setAsking(true),
            },
          ],
        }}
      >
        <Button size="sm">
          {t('exports.button')}
          <DownOutlined />
        </Button>
      </Dropdown>
      <Button tone="primary" size="sm" onClick={onAdd}>
        {t('office.newProduct')}
      </Button>
      {asking !== null && (
        <Suspense>
          <MovementsExport open={asking} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </span>
  )
}

/** What an empty shop begins with. */
export function FirstProducts({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation()
  return (
    <span className={styles.tools} style={{ justifyContent: 'center' }}>
      <Button tone="primary" onClick={onAdd}>
        {t('office.firstProduct')}
      </Button>
      <LinkButton to={importPath}>{t('import.title')}</LinkButton>
    </span>
  )
}
