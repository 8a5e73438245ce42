import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import type { Ledger } from '../../api/types';
import { useLedger } from '../../studio/disclosures/queries';
import { CopyText, Id } from '../../ui/copy';
import { count, counted } from '../../ui/format';
import { Loading } from '../../ui/loading';
import { Notice, ProblemNotice, State } from '../../ui/notice';
import { ExactTime, Time } from '../../ui/time';
import { FindingLine } from './finding-line';
import { useCheckedLog } from './queries';

const standings: Record<
  Ledger['log']['standing'],
  { tone: 'good' | 'stopped' | 'attention'; words: string }
> = {
  sound: { tone: 'good', words: 'Grows' },
  behind: {
    tone: 'stopped',
    words: 'Stopped: the store is older than what a witness or the published log knows',
  },
  forked: { tone: 'stopped', words: 'Stopped: a witness or the published log knows another ledger' },
  unheard: { tone: 'attention', words: 'Waits: no witness of the policy has been heard since the start' },
};

/** The lab's log, checked by this browser itself: its signature, and that it only grew since this browser last looked. */
export default function LedgerPage({ lab }: { lab: string }) {
  const ledger = useLedger(lab);
  if (ledger.isPending) return <Loading what="Fetching the checkpoint" />;
  return (
    <Stack gap="md">
      <ProblemNotice error={ledger.error} retry={() => void ledger.refetch()} />
      {ledger.data && <Log lab={lab} ledger={ledger.data} again={() => void ledger.refetch()} />}
    </Stack>
  );
}

function Log({ lab, ledger, again }: { lab: string; ledger: Ledger; again: () => void }) {
  const { log } = ledger;
  const standing = standings[log.standing];
  return (
    <>
      <Checked lab={lab} ledger={ledger} again={again} />
      <section aria-labelledby="log">
        <Title order={2} id="log" mb="xs">
          The log
        </Title>
        <div className="panel table-scroll">
          <Table>
            <Table.Tbody>
              <Fact name="Standing">
                <State tone={standing.tone}>{standing.words}</State>
              </Fact>
              <Fact name="Entries">
                {counted(ledger.size, 'receipt')}
                {log.checkpoint &&
                  `, ${covered(log.checkpoint.size, ledger.size)} under the newest checkpoint`}
              </Fact>
              {log.checkpoint && (
                <>
                  <Fact name="Signed">
                    <ExactTime value={log.checkpoint.at} />
                  </Fact>
                  <Fact name="Root">
                    <Id value={log.checkpoint.root} label="root" />
                  </Fact>
                </>
              )}
              <Fact name="Origin">{log.origin}</Fact>
              <Fact name="Key">
                <CopyText value={log.key} label="verifier key" />
              </Fact>
            </Table.Tbody>
          </Table>
        </div>
      </section>
      <Witnesses log={log} />
      <section aria-labelledby="elsewhere">
        <Title order={2} id="elsewhere" mb="xs">
          Check it with tools that are not ours
        </Title>
        <Text component="p" m={0}>
          The log is published as C2SP tlog-tiles at <code>{`${location.origin}/ledger/${lab}/`}</code>: any
          tool that reads such logs can follow it. Keep a checkpoint elsewhere, and compare.
        </Text>
      </section>
    </>
  );
}

const covered = (under: number, of: number) => (under === of ? 'all' : count(under));

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" w={120}>
        {name}
      </Table.Th>
      <Table.Td className="whole">{children}</Table.Td>
    </Table.Tr>
  );
}

function Checked({ lab, ledger, again }: { lab: string; ledger: Ledger; again: () => void }) {
  const checked = useCheckedLog(lab, ledger.log);
  if (globalThis.crypto?.subtle === undefined)
    return (
      <Notice tone="attention" title="Not checked">
        This browser offers no cryptography on this address. Open the page over HTTPS or on localhost.
      </Notice>
    );
  if (!ledger.log.checkpoint)
    return (
      <Notice tone="neutral" title="No checkpoint yet">
        The first is signed within a second of the first receipt.
      </Notice>
    );
  if (checked.error) return <ProblemNotice error={checked.error} retry={() => void checked.refetch()} />;
  if (!checked.data) return <Loading what="Checking" />;
  const { signature, growth, before } = checked.data;
  const broken = signature.state === 'broken' || growth.state === 'broken';
  return (
    <section aria-label="Checked in this browser">
      <Notice
        tone={broken ? 'stopped' : 'good'}
        title={broken ? 'The log does not hold' : 'The log holds, as checked in this browser'}
        live
      >
        {broken && (
          <Text component="p" m={0}>
            Keep this page open, save a copy of the ledger, and treat it as an incident. What this browser saw
            before is kept and not replaced.
          </Text>
        )}
        <Stack gap={4} mt="xs">
          <FindingLine name="Signature of the checkpoint" finding={signature} />
          <FindingLine name="Growth since this browser last looked" finding={growth} />
        </Stack>
        {before && (
          <Text component="p" m={0} mt="xs">
            It last looked <Time value={before} />.
          </Text>
        )}
        <Group mt="xs">
          <Button variant="default" onClick={again}>
            Look again
          </Button>
        </Group>
      </Notice>
    </section>
  );
}

function Witnesses({ log }: { log: Ledger['log'] }) {
  return (
    <section aria-labelledby="witnesses">
      <Title order={2} id="witnesses" mb="xs">
        Witnesses
      </Title>
      {log.witnesses.length === 0 ? (
        <Text component="p" m={0}>
          None. Without one at another party, whoever runs this node could rewrite the whole log unseen by
          anybody who kept no checkpoint.
        </Text>
      ) : (
        <>
          <Text component="p" m={0} mb="xs">
            {log.quorum
              ? 'As many have signed as the policy asks for.'
              : 'Fewer have signed the newest checkpoint than the policy asks for.'}
          </Text>
          <div className="panel table-scroll">
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Witness</Table.Th>
                  <Table.Th scope="col" className="number">
                    Signed up to receipt
                  </Table.Th>
                  <Table.Th scope="col">When</Table.Th>
                  <Table.Th scope="col">State</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {log.witnesses.map((witness) => (
                  <Table.Tr key={witness.name}>
                    <Table.Td>{witness.name}</Table.Td>
                    <Table.Td className="number">{count(witness.size)}</Table.Td>
                    <Table.Td>{witness.at ? <Time value={witness.at} /> : 'never'}</Table.Td>
                    <Table.Td>
                      <State tone={witness.trouble ? 'attention' : 'good'}>
                        {witness.trouble ?? 'Signs'}
                      </State>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </>
      )}
    </section>
  );
}
