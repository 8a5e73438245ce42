import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import type { SuspensionProof } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { count, counted } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice } from '../../ui/notice';

/** What the ledger says of a suspension: which disclosure was the last, and that none follows. */
export function ProofDialog({
  lab,
  suspension,
  what,
  close,
}: {
  lab: string;
  suspension: string;
  what: string;
  close: () => void;
}) {
  const proof = useQuery({
    queryKey: ['lab', lab, 'suspension-proof', suspension],
    queryFn: () =>
      ask(
        http.GET('/api/labs/{lab}/suspensions/{suspension}/proof', { params: { path: { lab, suspension } } }),
      ),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Dialog title={`Proof: ${what}`} close={close} size="lg">
      <Stack gap="sm">
        <ProblemNotice error={proof.error} retry={() => void proof.refetch()} />
        {proof.isPending && <Loading what="Going through the receipts" />}
        {proof.data && <Found proof={proof.data} />}
        <Group justify="flex-end">
          <Button variant="default" loading={proof.isFetching} onClick={() => void proof.refetch()}>
            Look again
          </Button>
          <Button onClick={close}>Close</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Found({ proof }: { proof: SuspensionProof }) {
  const { drill } = proof.suspension;
  const after = proof.disclosedAfter;
  const facts: [string, string][] = [
    ['Receipt of the suspension', count(proof.receipt)],
    [
      'Last disclosure before it',
      proof.lastDisclosure === null ? 'none' : `receipt ${count(proof.lastDisclosure)}`,
    ],
    ['Looked at', `every receipt up to ${count(proof.until)}`],
    ['Ended', proof.ended === null ? 'no' : `receipt ${count(proof.ended)}`],
  ];
  return (
    <>
      {drill ? (
        <Notice
          tone="attention"
          title={`A drill: ${counted(proof.wouldHaveRefused, 'disclosure')} would have been refused`}
          live
        >
          A drill stops nothing, so this says what a suspension would have stopped.
        </Notice>
      ) : after.length === 0 ? (
        <Notice tone="good" title="Nothing was disclosed in this scope since" live>
          The vault went through the receipts that follow the suspension. Each is a leaf of the signed log,
          which the Ledger page checks in this browser.
        </Notice>
      ) : (
        <Notice tone="stopped" title={`${counted(after.length, 'disclosure')} after the suspension`} live>
          The promise is broken. Treat it as an incident and keep the ledger. Receipts:{' '}
          {after.map(count).join(', ')}.
        </Notice>
      )}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}:</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Text c="dimmed">Drafts and answers that people save meanwhile are sealed and disclose nothing.</Text>
    </>
  );
}
