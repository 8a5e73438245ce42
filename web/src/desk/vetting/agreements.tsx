import { Button, Checkbox, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { put, useAct, useAt } from '../../vendor/asking';
import { useVendor } from '../../vendor/at-vendor';
import { Form } from '../../vendor/form';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { ProblemNotice } from '../../ui/notice';
import { Time } from '../../ui/time';

interface Agreement {
  code: string;
  title: string;
  kind: string;
  forEverybody: boolean;
  version: number;
  sha256: string;
  publishedAt: string;
}

const kinds = [
  { value: 'confidentiality', label: 'Confidentiality' },
  { value: 'termsOfWork', label: 'Terms of work' },
  { value: 'intellectualProperty', label: 'Intellectual property' },
];

/** Agreements and their versions; nobody is placed without those that are asked for. */
export default function Agreements() {
  const agreements = useAt<Agreement[]>('/api/desk/agreements');
  const owner = useVendor().role === 'owner';
  const [publishing, setPublishing] = useState<Agreement | true | null>(null);
  return (
    <Stack gap="sm">
      <Group>
        {owner ? (
          <Button onClick={() => setPublishing(true)}>Publish an agreement…</Button>
        ) : (
          <Text c="dimmed">An owner publishes agreements.</Text>
        )}
      </Group>
      <ProblemNotice error={agreements.error} retry={() => void agreements.refetch()} />
      {agreements.data?.length === 0 && (
        <EmptyState title="No agreement yet">
          Labs name by its code what everybody has to have signed.
        </EmptyState>
      )}
      {agreements.data && agreements.data.length > 0 && (
        <div className="panel">
          <DataTable
            caption="Agreements"
            rows={agreements.data}
            columns={columns}
            id={({ code }) => code}
            open={owner ? setPublishing : undefined}
          />
        </div>
      )}
      {publishing && (
        <Publish before={publishing === true ? null : publishing} close={() => setPublishing(null)} />
      )}
    </Stack>
  );
}

const columns: Column<Agreement>[] = [
  { title: 'Code', value: ({ code }) => code },
  { title: 'Title', value: ({ title }) => title },
  {
    title: 'Kind',
    value: ({ kind }) => kinds.find(({ value }) => value === kind)?.label ?? kind,
    filter: true,
  },
  { title: 'Version', value: ({ version }) => version, numeric: true },
  { title: 'Asked of', value: ({ forEverybody }) => (forEverybody ? 'everybody' : 'where it is named') },
  {
    title: 'Published',
    value: ({ publishedAt }) => publishedAt,
    show: ({ publishedAt }) => <Time value={publishedAt} />,
  },
  {
    title: 'SHA-256',
    value: ({ sha256 }) => sha256,
    show: ({ sha256 }) => <Id value={sha256} label="hash" />,
  },
];

function Publish({ before, close }: { before: Agreement | null; close: () => void }) {
  const [code, setCode] = useState(before?.code ?? '');
  const [title, setTitle] = useState(before?.title ?? '');
  const [kind, setKind] = useState(before?.kind ?? 'confidentiality');
  const [forEverybody, setEverybody] = useState(before?.forEverybody ?? false);
  const [text, setText] = useState('');
  const act = useAct(() => put(`/api/desk/agreements/${code.trim()}`, { title, kind, text, forEverybody }));
  return (
    <Form
      title={before ? `A new version of ${before.code}` : 'Publish an agreement'}
      send="Publish"
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      <Text>
        {before
          ? `Everybody who signed version ${before.version} is asked to sign this one; whoever works where it is asked for cannot be vouched for until then. The same words again are no new version.`
          : 'A published text never changes; a change is a new version.'}
      </Text>
      <TextInput
        label="Code"
        required
        withAsterisk={false}
        disabled={before !== null}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <TextInput
        label="Title"
        required
        withAsterisk={false}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <NativeSelect
        label="Kind"
        disabled={before !== null}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
        data={kinds}
      />
      <Checkbox
        label="Every need asks for it"
        checked={forEverybody}
        onChange={(event) => setEverybody(event.currentTarget.checked)}
      />
      <Textarea
        label="Text (Markdown)"
        required
        withAsterisk={false}
        autosize
        minRows={8}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Form>
  );
}
