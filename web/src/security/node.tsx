import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask, http } from '../api/client';
import { inLab } from '../studio/keys';
import { counted } from '../ui/format';
import { Loading } from '../ui/loading';
import { Notice, ProblemNotice, State } from '../ui/notice';

const names: Record<string, string> = {
  'vault-process': 'Vault',
  custodian: 'Custodian of the root key',
  'recovery-key': 'Recovery key',
  witness: 'Witness',
  log: 'Log',
  'two-owners': 'Second owner',
  https: 'HTTPS',
  memory: 'Memory',
};

const leftToDo = (findings: { fit: boolean }[]) =>
  `${counted(findings.filter(({ fit }) => !fit).length, 'thing')} left to do before production`;

/** What stands between this node and production, as `cofferdam doctor` says it. */
export default function Node({ lab }: { lab: string }) {
  const doctor = useQuery({
    queryKey: ['lab', lab, 'doctor'],
    queryFn: () => ask(http.GET('/api/labs/{lab}/doctor', inLab(lab))),
    refetchInterval: 30_000,
  });
  return (
    <Stack gap="md">
      <ProblemNotice error={doctor.error} retry={() => void doctor.refetch()} />
      {doctor.isPending && <Loading what="Examining the node" />}
      {doctor.data && (
        <>
          <Notice
            tone={doctor.data.fit ? 'good' : 'attention'}
            title={
              doctor.data.fit
                ? 'Nothing stands between this node and production'
                : leftToDo(doctor.data.findings)
            }
          >
            <Text component="p" m={0}>
              {doctor.data.evaluation
                ? 'The node is in evaluation mode: good for trying out, not for confidential work.'
                : 'The root keys are in custody off this node.'}
            </Text>
          </Notice>
          <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
            {doctor.data.findings.map((finding) => (
              <li key={finding.name} className="panel">
                <Group gap="sm" wrap="nowrap" align="flex-start">
                  <State tone={finding.fit ? 'good' : 'attention'}>{finding.fit ? 'Fit' : 'To do'}</State>
                  <div>
                    <Text fw={600}>{names[finding.name] ?? finding.name}</Text>
                    <Text>{finding.sentence}</Text>
                  </div>
                </Group>
              </li>
            ))}
          </Stack>
        </>
      )}
    </Stack>
  );
}
