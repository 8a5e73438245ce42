import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { TokenScope } from '../api/types';
import { useHere } from '../session/membership';
import { isAuditor } from '../session/session';
import { CopyText } from '../ui/copy';
import { Dialog } from '../ui/dialog';
import { Notice, ProblemNotice } from '../ui/notice';
import { ExactTime } from '../ui/time';
import { useMakeToken } from './queries';
import { TokenList } from './token-list';

const scopeWords: Record<TokenScope, string> = {
  read: 'Read what you may read, contents of items too',
  import: 'Begin imports and send their content',
  manage: 'Change what you may change, but for people and tokens',
  deliver: 'Have deliveries made, and download them',
  work: 'Work on tasks and reviews',
};

const lifetimes = [7, 30, 90, 365];

/** Tokens for programs that act as their owner, narrowed by scopes. */
export function Tokens() {
  const { membership } = useHere();
  const [making, setMaking] = useState(false);
  return (
    <section aria-labelledby="tokens">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="tokens">
          API tokens at {membership.slug}
        </Title>
        <Button variant="default" onClick={() => setMaking(true)}>
          Make a token…
        </Button>
      </Group>
      <div className="panel">
        <TokenList lab={membership.slug} owner={membership.pseudonym} />
      </div>
      {making && (
        <MakeToken
          lab={membership.slug}
          // An auditor's token only reads.
          scopes={isAuditor(membership) ? ['read'] : (Object.keys(scopeWords) as TokenScope[])}
          close={() => setMaking(false)}
        />
      )}
    </section>
  );
}

function MakeToken({ lab, scopes, close }: { lab: string; scopes: TokenScope[]; close: () => void }) {
  const make = useMakeToken(lab);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<TokenScope[]>(['read']);
  const [days, setDays] = useState(30);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen.length === 0) return;
    // An hour less than the year that is allowed, for clocks that differ.
    const expiresAt = new Date(Date.now() + days * 86_400_000 - 3_600_000).toISOString();
    make.mutate({ name: name.trim(), scopes: chosen, expiresAt });
  };
  if (make.data)
    return (
      <Dialog title="The token is made" close={close} size="lg">
        <Stack gap="sm">
          <Notice tone="attention" title="This secret is shown once" live>
            Whoever has it can do what its scopes say, in your name, until{' '}
            <ExactTime value={make.data.expiresAt} />. Put it where your program reads it, not into a file
            that is shared.
          </Notice>
          <CopyText value={make.data.secret} label="secret" />
          <Text c="dimmed">It goes into the header “Authorization: Bearer …”.</Text>
          <Group justify="flex-end">
            <Button onClick={close}>Done</Button>
          </Group>
        </Stack>
      </Dialog>
    );
  return (
    <Dialog title="Make a token" close={close} size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="To tell it by: letters, digits, dots, dashes, underscores. It is kept in clear."
            required
            withAsterisk={false}
            pattern="[A-Za-z0-9._\-]{1,40}"
            maxLength={40}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Checkbox.Group
            label="What it may do"
            error={chosen.length === 0 ? 'Choose one at least.' : undefined}
            value={chosen}
            onChange={(next) => setChosen(next as TokenScope[])}
          >
            <Stack gap="xs" mt={4}>
              {scopes.map((scope) => (
                <Checkbox key={scope} value={scope} label={scope} description={scopeWords[scope]} />
              ))}
            </Stack>
          </Checkbox.Group>
          <NativeSelect
            label="Ends after"
            value={String(days)}
            onChange={(event) => setDays(Number(event.currentTarget.value))}
            data={lifetimes.map((value) => ({ value: String(value), label: `${value} days` }))}
          />
          <ProblemNotice error={make.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={make.isPending}>
              Make the token
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
