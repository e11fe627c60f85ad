// Owns how a role is shown at a glance.
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Role } from '../../../../src/lib/roles.ts'

const colours: Record<Role, string> = {
  customer: 'default',
  clerk: 'default',
  manager: 'processing',
  owner: 'warning',
}

export function RoleTag({ role }: { role: Role }) {
  const { t } = useTranslation()
  return <Tag color={colours[role]}>{t(`office.roles.${role}`)}</Tag>
}
