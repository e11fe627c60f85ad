// Owns which languages the pages speak, and which a newcomer hears first: all there is to choose, in sentences.
import { Card, Form, Radio } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Settings } from '../../../../src/modules/shop/schema.ts'

type Languages = Settings['languages']

const choices: readonly [name: 'both_zh' | 'both_en' | 'zh' | 'en', languages: Languages][] = [
  ['both_zh', ['zh-CN', 'en']],
  ['both_en', ['en', 'zh-CN']],
  ['zh', ['zh-CN']],
  ['en', ['en']],
]

export function LanguagesCard() {
  const { t } = useTranslation()
  return (
    <Card title={t('shopSettings.languages')}>
      <Form.Item name="languages" extra={t('shopSettings.languagesText')}>
        <LanguageChoice />
      </Form.Item>
    </Card>
  )
}

interface LanguageChoiceProps {
  // Given by the form's item around it.
  readonly id?: string
  readonly value?: Languages
  readonly onChange?: (languages: Languages) => void
}

function LanguageChoice({ id, value, onChange }: LanguageChoiceProps) {
  const { t } = useTranslation()
  const chosen = choices.find(([, languages]) => languages.join() === value?.join())?.[0]
  return (
    <Radio.Group
      {...(id && { id })}
      vertical
      aria-label={t('shopSettings.languages')}
      value={chosen}
      options={choices.map(([name]) => ({
        value: name,
        label: t(`shopSettings.languageChoices.${name}`),
      }))}
      onChange={({ target }) => {
        const languages = choices.find(([name]) => name === target.value)?.[1]
        if (languages) onChange?.(languages)
      }}
    />
  )
}
