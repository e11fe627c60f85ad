// Owns choosing a role, each with what it may do.
import { Form, Radio } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Role } from '../../../../src/lib/roles.ts'
import styles from './people.module.css'

interface RoleFieldProps {
  readonly roles: readonly Role[]
  /** Those one may give; the others are shown, and why they can't be chosen. */
  readonly mayGive: readonly Role[]
}

export function RoleField({ roles, mayGive }: RoleFieldProps) {
  const { t } = useTranslation()
  const all = roles.every((role) => mayGive.includes(role))
  return (
    <Form.Item name="role" label={t('people.role')} extra={all ? null : t('people.rolesAbove')}>
      <Radio.Group
        vertical
        options={roles.map((role) => ({
          value: role,
          disabled: !mayGive.includes(role),
          label: (
            <span className={styles.role}>
              {t(`office.roles.${role}`)}
              <small>{t(`people.roles.${role}`)}</small>
            </span>
          ),
        }))}
      />
    </Form.Item>
  )
}
