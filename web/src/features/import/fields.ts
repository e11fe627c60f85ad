// Owns what the columns of a file are called to people.
import { useTranslation } from 'react-i18next'

import {
  OWN_COLUMNS,
  OWN_NAMES,
  type OwnColumn,
} from '../../../../src/modules/inventory/import-columns-rules.ts'
import type { Language } from '../../lib/i18n.ts'

/** As files of this language head the column. */
export function headerOf(column: OwnColumn, language: Language): string {
  return language === 'en' ? column : OWN_COLUMNS[column]
}

/** A field that is changed, in words; one we don't know keeps its own name. */
export function useFieldName(): (field: string) => string {
  const { t } = useTranslation()
  return (field) => {
    const column = OWN_NAMES.find((name) => name === field)
    return column ? t(`import.columns.${column}.name`) : field
  }
}

/** A field's old or new value, in words. */
export function useFieldValue(): (field: string, text: string) => string {
  const { t } = useTranslation()
  return (field, text) => {
    if (text === '') return t('import.nothing')
    if (field === 'active') return t(text === 'true' ? 'office.active' : 'office.archived')
    return text
  }
}
