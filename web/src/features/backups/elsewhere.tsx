// Owns what is said where the data is on a database server: its own tool makes the backups.
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'

export function Elsewhere({ engine = '' }: { engine: string | undefined }) {
  const { t } = useTranslation()
  const tool = /mysql|maria|tidb/i.test(engine)
    ? t('backups.elsewhereMysql')
    : /postgres|cockroach|yugabyte/i.test(engine)
      ? t('backups.elsewherePostgres')
      : t('backups.elsewhereOther')
  return (
    <Alert
      type="info"
      showIcon
      title={t('backups.elsewhere')}
      description={
        <>
          <p>{tool}</p>
          <p>{t('backups.elsewhereText')}</p>
        </>
      }
    />
  )
}
