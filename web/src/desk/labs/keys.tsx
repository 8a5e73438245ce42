import { Button, Checkbox, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { post, useAct } from '../../vendor/asking';
import { counted } from '../../ui/format';
import { Notice, ProblemNotice } from '../../ui/notice';
import type { NewKey, PeerKey } from '../types';

/** New keys of this node, told to every lab. */
export function Keys() {
  const make = useAct((body: { kind: PeerKey['kind']; stolen: boolean }) =>
    post<NewKey>('/api/desk/peers/keys', body),
  );
  const [kind, setKind] = useState<PeerKey['kind']>('statement');
  const [stolen, setStolen] = useState(false);
  return (
    <section aria-labelledby="keys" className="panel">
      <Title order={2} id="keys" mb="xs">
        This node’s keys
      </Title>
      <Stack gap="sm">
        <Group align="flex-end">
          <NativeSelect
            label="Make a new key that signs"
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as PeerKey['kind'])}
            data={[
              { value: 'statement', label: 'statements about people' },
              { value: 'federation', label: 'requests to labs' },
            ]}
          />
          <Button variant="default" loading={make.isPending} onClick={() => make.mutate({ kind, stolen })}>
            Make a new key
          </Button>
        </Group>
        <Checkbox
          label="The old key may have been stolen"
          description="Then it ends at once, and nothing it signed is taken any more. Otherwise it goes on for seven days beside the new one."
          checked={stolen}
          onChange={(event) => setStolen(event.currentTarget.checked)}
        />
        <ProblemNotice error={make.error} safe="The keys are as they were." />
        {make.data && (
          <Notice tone={make.data.away.length > 0 ? 'attention' : 'good'} title="The new key is in use" live>
            <Text>
              {counted(make.data.told.length, 'lab knows it', 'labs know it')}.
              {make.data.away.length > 0 &&
                ` ${counted(make.data.away.length, 'lab did', 'labs did')} not answer and will be told with the next message.`}
            </Text>
          </Notice>
        )}
      </Stack>
    </section>
  );
}
