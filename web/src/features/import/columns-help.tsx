// Owns what a file to import may look like: an example to begin with, and every column in a sentence.
import { DownloadOutlined } from '@ant-design/icons'
import { Button, Card, Table, Tag } from 'antd'
import { useTranslation } from 'react-i18next'

import {
  OWN_NAMES,
  type OwnColumn,
} from '../../../../src/modules/inventory/import-columns-rules.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { saveText } from '../../lib/office/csv.ts'
import { exampleCsv } from './example.ts'
import { headerOf } from './fields.ts'
import styles from './import.module.css'

/** What a new product can't do without. */
const needed: readonly OwnColumn[] = ['sku', 'product_name', 'price']

export function ColumnsHelp() {
  const { t } = useTranslation()
  const language = currentLanguage()
  return (
    <Card
      className={styles.help ?? ''}
      title={t('import.columnsTitle')}
      extra={
        <Button
          icon={<DownloadOutlined />}
          onClick={() => saveText(t('import.exampleFile'), exampleCsv(language))}
        >
          {t('import.example')}
        </Button>
      }
    >
      <p className={styles.more}>{t('import.columnsText')}</p>
      <p className={styles.more}>{t('import.shopifyText')}</p>
      <Table
        size="small"
        rowKey="column"
        pagination={false}
        dataSource={OWN_NAMES.map((column) => ({ column }))}
        columns={[
          {
            title: t('import.column'),
            key: 'name',
            width: '38%',
            render: (_, { column }: { column: OwnColumn }) => (
              <span className={styles.words}>
                <strong>{headerOf(column, language)}</strong>{' '}
                {needed.includes(column) && <Tag color="success">{t('import.needed')}</Tag>}
              </span>
            ),
          },
          {
            title: t('import.meaning'),
            key: 'text',
            render: (_, { column }: { column: OwnColumn }) => t(`import.columns.${column}.text`),
          },
        ]}
      />
    </Card>
  )
}
