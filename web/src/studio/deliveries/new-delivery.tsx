import { Button, Checkbox, Group, NativeSelect, Radio, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Delivery } from '../../api/types';
import { Notice, ProblemNotice } from '../../ui/notice';
import { useBatches } from '../batches/queries';
import { useDeliver } from './queries';
import { shapes } from './shapes';

type Votes = 'majority' | 'all';

/** Chooses what a delivery holds and whom it is for. */
export function NewDelivery({
  lab,
  project,
  deliveries,
}: {
  lab: string;
  project: string;
  deliveries: Delivery[];
}) {
  const deliver = useDeliver(lab, project);
  const batches = useBatches(lab, project).data ?? [];
  const made = deliveries.find((d) => d.id === deliver.data?.id);
  const [shape, setShape] = useState('trl-preference');
  const [votes, setVotes] = useState<Votes>('majority');
  const [since, setSince] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [recipient, setRecipient] = useState('');
  // New since: of the same shape and votes, or the rows of the two could not be put together.
  const earlier = deliveries.filter(
    (d: Delivery) => d.state === 'done' && d.shape === shape && (d.votes ?? 'majority') === votes,
  );
  const base = earlier.some((d) => d.id === since) ? since : '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const key = stripPem(recipient);
    deliver.mutate({
      shape,
      votes,
      ...(base ? { since: base } : {}),
      ...(chosen.length > 0 ? { batches: chosen } : {}),
      ...(key ? { recipient: key } : {}),
    });
  };
  return (
    <section className="panel" aria-labelledby="new-delivery">
      <Title order={2} id="new-delivery" mb="xs">
        Make a delivery
      </Title>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text>
            Accepted answers as a signed package with a datasheet and a Croissant description, made from this
            project. Opening the items for it is disclosed like any other: one receipt per run of records.
          </Text>
          <NativeSelect
            label="Shape"
            maw={320}
            value={shape}
            onChange={(event) => setShape(event.currentTarget.value)}
            data={shapes.map(({ value, name }) => ({ value, label: name }))}
            aria-describedby="shape-use"
          />
          <Text c="dimmed" id="shape-use" role="status">
            {shapes.find((one) => one.value === shape)?.use} A row that this shape cannot express is listed
            with its reason and holds up nothing.
          </Text>
          <Radio.Group
            label="Where several people answered"
            value={votes}
            onChange={(value) => setVotes(value as Votes)}
          >
            <Group mt={4}>
              <Radio value="majority" label="one row per item, by the majority" />
              <Radio value="all" label="one row per answer" />
            </Group>
          </Radio.Group>
          {earlier.length > 0 && (
            <NativeSelect
              label="What it holds"
              maw={420}
              value={base}
              onChange={(event) => setSince(event.currentTarget.value)}
              data={[
                { value: '', label: 'everything that is accepted' },
                ...earlier.map((d) => ({
                  value: d.id,
                  label: `what is new since that of ${exact.format(new Date(d.madeAt))}`,
                })),
              ]}
            />
          )}
          {batches.length > 1 && (
            <Checkbox.Group
              label="Batches"
              description="None chosen: all of them."
              value={chosen}
              onChange={setChosen}
            >
              <Group mt={4}>
                {batches.map((batch) => (
                  <Checkbox key={batch.id} value={batch.id} label={batch.name ?? batch.code} />
                ))}
              </Group>
            </Checkbox.Group>
          )}
          <Textarea
            label="Encrypt to (optional)"
            description="P-256 public key of the recipient, PEM or base64. Without one the package is signed but readable."
            classNames={{ input: 'mono' }}
            autosize
            minRows={2}
            maxRows={6}
            maw={640}
            value={recipient}
            onChange={(event) => setRecipient(event.currentTarget.value)}
          />
          <ProblemNotice error={deliver.error} />
          {made?.state === 'making' && <Notice title="The delivery is being made" live />}
          {made?.state === 'done' && made.rows > 0 && (
            <Notice tone="good" title="The delivery is ready below" live />
          )}
          {made?.state === 'done' && made.rows === 0 && (
            <Notice tone="attention" title="The delivery is made, and it holds no rows" live>
              Only accepted answers are delivered. Have answers reviewed first, or choose another shape: what
              this one cannot express is listed in the package with its reason.
            </Notice>
          )}
          <Group>
            <Button type="submit" loading={deliver.isPending}>
              Make delivery
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
}

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** The base64 of a public key, whether it came with PEM lines or without. */
export function stripPem(text: string): string {
  return text.replace(/-----(BEGIN|END) PUBLIC KEY-----/g, '').replace(/\s+/g, '');
}
