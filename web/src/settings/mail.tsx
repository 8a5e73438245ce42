import { Button, Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { NoticeMail, NoticeTopic } from '../api/types';
import { Loading } from '../ui/loading';
import { Notice, ProblemNotice, State } from '../ui/notice';
import { useAskMail, useConfirmMail, useMail, useNoMail } from './queries';

const topicWords: Record<NoticeTopic, string> = {
  myWork: 'What became of my work',
  projects: 'What goes on in projects',
  access: 'Who may do what',
};

/** Notices by e-mail: asked for here, confirmed by a code. They never hold content. */
export function Mail() {
  const mail = useMail();
  return (
    <section aria-labelledby="mail">
      <Title order={2} id="mail" mb="xs">
        Notices by e-mail
      </Title>
      <div className="panel">
        <Stack gap="sm">
          <Text>
            A mail says that something happened and where to look; never what is in it. Your address is
            sealed, and is not shown again, here neither.
          </Text>
          <ProblemNotice error={mail.error} retry={() => void mail.refetch()} />
          {mail.isPending && <Loading what="Looking at your choice" />}
          {mail.data && !mail.data.offered && (
            <Notice title="This node has no mail server">Notices stand on its pages, under the bell.</Notice>
          )}
          {mail.data?.offered && <Choice mail={mail.data} />}
        </Stack>
      </div>
    </section>
  );
}

function Choice({ mail }: { mail: NoticeMail }) {
  const ask = useAskMail();
  const remove = useNoMail();
  const [address, setAddress] = useState('');
  const [topics, setTopics] = useState<NoticeTopic[]>(mail.hasAddress ? mail.topics : ['myWork', 'access']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = address.trim();
    ask.mutate({ topics, ...(given && { address: given }) }, { onSuccess: () => setAddress('') });
  };
  return (
    <>
      {mail.hasAddress && (
        <Group>
          {mail.confirmed ? (
            <State tone="good">An address is confirmed</State>
          ) : (
            <State tone="attention">An address waits to be confirmed</State>
          )}
          <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
            Remove the address
          </Button>
        </Group>
      )}
      {mail.hasAddress && !mail.confirmed && <Confirm />}
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Checkbox.Group
            label="Mail me"
            value={topics}
            onChange={(next) => setTopics(next as NoticeTopic[])}
          >
            <Stack gap="xs" mt={4}>
              {(Object.entries(topicWords) as [NoticeTopic, string][]).map(([value, label]) => (
                <Checkbox key={value} value={value} label={label} />
              ))}
            </Stack>
          </Checkbox.Group>
          <TextInput
            type="email"
            label={mail.hasAddress ? 'Another address' : 'Address'}
            description={mail.hasAddress ? 'Empty: the address stays.' : 'A code is mailed there.'}
            required={!mail.hasAddress}
            withAsterisk={false}
            autoComplete="email"
            maxLength={254}
            maw={360}
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <ProblemNotice error={ask.error ?? remove.error} />
          {ask.isSuccess && (
            <Text role="status" c="dimmed">
              Saved.
            </Text>
          )}
          <Group>
            <Button type="submit" loading={ask.isPending}>
              {address.trim() || !mail.hasAddress ? 'Mail me a code' : 'Save'}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}

function Confirm() {
  const confirm = useConfirmMail();
  const [code, setCode] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate(code.trim());
      }}
    >
      <Group align="flex-end">
        <TextInput
          label="Code from the mail"
          description="Eight digits; they work for 30 minutes."
          required
          withAsterisk={false}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="\s*[0-9]{8}\s*"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={confirm.isPending}>
          Confirm
        </Button>
      </Group>
      <ProblemNotice error={confirm.error} />
    </form>
  );
}
