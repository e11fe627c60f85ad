// Owns making an account for somebody, and changing one.
import { Button, Drawer, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'

import { isStaff, type Role, ROLES } from '../../../../src/lib/roles.ts'
import type { User } from '../../../../src/modules/users/schema.ts'
import { fieldErrors } from '../../lib/office/field-errors.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { changesOf } from './person-changes.ts'
import { PasswordField } from './password-field.tsx'
import styles from './people.module.css'
import { type NewPerson, useChangePerson, useCreatePerson } from './queries.ts'
import { RoleField } from './role-field.tsx'
import { useUnsaved } from './use-unsaved.ts'

interface NewPersonFormProps {
  readonly open: boolean
  readonly kind: 'staff' | 'customer'
  /** Roles one may give. */
  readonly mayGive: readonly Role[]
  readonly onClose: () => void
  readonly onCreated: (user: User, password: string) => void
}

const staffRoles = ROLES.filter(isStaff)

export function NewPersonForm({ open, onClose, onCreated, ...rest }: NewPersonFormProps) {
  const { t } = useTranslation()
  const { setDirty, close } = useUnsaved(open, onClose)
  return (
    <Drawer
      title={t(rest.kind === 'customer' ? 'people.newCustomer' : 'people.newStaff')}
      open={open}
      onClose={() => void close()}
      size={520}
      destroyOnHidden
    >
      <NewFields
        {...rest}
        onDirty={setDirty}
        onCreated={(user, password) => {
          setDirty(false)
          onCreated(user, password)
        }}
      />
    </Drawer>
  )
}

/** A customer's form doesn't ask for the role. */
type NewValues = Omit<NewPerson, 'role'> & { readonly role?: Role }
const newNames = ['username', 'email', 'display_name', 'phone', 'password', 'role'] as const

interface NewFieldsProps extends Omit<NewPersonFormProps, 'open' | 'onClose'> {
  readonly onDirty: (dirty: boolean) => void
}

function NewFields({ kind, mayGive, onDirty, onCreated }: NewFieldsProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<NewValues>()
  const create = useCreatePerson()
  const submit = (values: NewValues) =>
    create.mutate(trimmed({ ...values, role: values.role ?? 'customer' }), {
      onSuccess: (user) => onCreated(user, values.password),
      onError: (error) => {
        const wrong = fieldErrors(error, newNames)
        if (wrong.length > 0) form.setFields(wrong)
        else showFailure(error)
      },
    })
  return (
    <Form<NewValues>
      form={form}
      name="person"
      layout="vertical"
      scrollToFirstError={{ focus: true }}
      initialValues={{ display_name: '', phone: '', ...(kind === 'staff' && { role: 'clerk' }) }}
      onFinish={submit}
      onValuesChange={(_, { role: _role, ...texts }) =>
        onDirty(Object.values(texts).some((text) => text))
      }
    >
      <Form.Item
        name="username"
        label={t('people.username')}
        extra={t('people.usernameHint')}
        rules={[{ required: true, whitespace: true, message: t('account.usernameMissing') }]}
      >
        <Input maxLength={60} autoComplete="off" autoCapitalize="none" />
      </Form.Item>
      <Details />
      {kind === 'staff' && <RoleField roles={staffRoles} mayGive={mayGive} />}
      <PasswordField name="password" label={t('people.firstPassword')} />
      <Button type="primary" htmlType="submit" loading={create.isPending} block>
        {t('actions.save')}
      </Button>
    </Form>
  )
}

function Details() {
  const { t } = useTranslation()
  return (
    <>
      <Form.Item
        name="email"
        label={t('people.email')}
        validateTrigger="onBlur"
        rules={[{ required: true, type: 'email', message: t('people.emailWrong') }]}
      >
        <Input inputMode="email" maxLength={254} autoComplete="off" autoCapitalize="none" />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name="display_name" label={t('people.name')}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="phone"
          label={t('people.phone')}
          rules={[{ pattern: /^[0-9+() -]*$/, message: t('people.phoneWrong') }]}
        >
          <Input type="tel" maxLength={30} autoComplete="off" />
        </Form.Item>
      </div>
    </>
  )
}

interface EditPersonFormProps {
  readonly user: User
  readonly open: boolean
  /** Roles one may give. */
  readonly mayGive: readonly Role[]
  readonly onClose: () => void
}

type Editable = Pick<User, 'email' | 'display_name' | 'phone' | 'role'>
const editNames = ['email', 'display_name', 'phone', 'role'] as const

export function EditPersonForm({ user, open, mayGive, onClose }: EditPersonFormProps) {
  const { t } = useTranslation()
  const { setDirty, close } = useUnsaved(open, onClose)
  return (
    <Drawer
      title={t('people.editTitle', { name: user.display_name || user.username })}
      open={open}
      onClose={() => void close()}
      size={520}
      destroyOnHidden
    >
      <EditFields
        user={user}
        mayGive={mayGive}
        onDirty={setDirty}
        onDone={() => {
          setDirty(false)
          onClose()
        }}
      />
    </Drawer>
  )
}

interface EditFieldsProps extends Pick<EditPersonFormProps, 'user' | 'mayGive'> {
  readonly onDirty: (dirty: boolean) => void
  readonly onDone: () => void
}

function EditFields({ user, mayGive, onDirty, onDone }: EditFieldsProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Editable>()
  const change = useChangePerson(user.user_id)
  const submit = (values: Editable) => {
    const changes = changesOf(user, trimmed(values))
    if (Object.keys(changes).length === 0) return onDone()
    return change.mutate(changes, {
      onSuccess: () => {
        showToast({ tone: 'good', text: t('people.changed') })
        onDone()
      },
      onError: (error) => {
        const wrong = fieldErrors(error, editNames)
        if (wrong.length > 0) form.setFields(wrong)
        else showFailure(error)
      },
    })
  }
  return (
    <Form<Editable>
      form={form}
      name="person"
      layout="vertical"
      scrollToFirstError={{ focus: true }}
      initialValues={user}
      onFinish={submit}
      onValuesChange={(_, values) =>
        onDirty(Object.keys(changesOf(user, trimmed(values))).length > 0)
      }
    >
      <Details />
      <RoleField roles={ROLES} mayGive={mayGive} />
      <Button type="primary" htmlType="submit" loading={change.isPending} block>
        {t('actions.save')}
      </Button>
    </Form>
  )
}

/** What stands around a name by mistake isn't part of it. */
function trimmed<V extends object>(values: V): V {
  const entries = Object.entries(values).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' && name !== 'password' ? value.trim() : value,
  ])
  return Object.fromEntries(entries) as V
}
