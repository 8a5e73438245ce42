import { Button, Group } from '@mantine/core';
import { post, useAct } from '../../vendor/asking';
import { endWord, missingWord, stopWord } from '../../vendor/work';
import { Notice as Box } from '../../ui/notice';
import { Time } from '../../ui/time';
import type { Notice } from '../types';
import { useTold } from './told';

/** What one was told of one's placements and has not read yet. */
export function Notices() {
  const notices = useTold();
  const read = useAct((last: string) => post('/api/me/work/notices/read', { last }));
  const unread = notices.filter((notice) => !notice.read);
  const [newest] = unread;
  if (!newest) return null;
  return (
    <Box tone={unread.some(({ kind }) => stops.has(kind)) ? 'stopped' : 'attention'} title="New for you" live>
      <ul>
        {unread.map((notice) => (
          <li key={notice.id}>
            {inWords(notice)} <Time value={notice.at} />
          </li>
        ))}
      </ul>
      <Group mt="xs">
        <Button variant="default" loading={read.isPending} onClick={() => read.mutate(newest.id)}>
          I have read this
        </Button>
      </Group>
    </Box>
  );
}

const stops = new Set(['suspended', 'projectPaused', 'projectEnded', 'placementEnded', 'notInOrder']);

function inWords({ kind, lab, reason }: Notice): string {
  const why = reason ? `: ${stopWord(reason)}` : '';
  const end = reason ? `: ${endWord(reason)}` : '';
  switch (kind) {
    case 'suspended':
      return `All work for ${lab} has stopped${why}. What you did stays payable.`;
    case 'resumed':
      return `Work for ${lab} goes on.`;
    case 'projectPaused':
      return `A project of ${lab} pauses${why}. What you did stays payable.`;
    case 'projectResumed':
      return `A project of ${lab} goes on.`;
    case 'projectEnded':
      return `A project of ${lab} has ended${why}. What you did stays payable.`;
    case 'engagementEnds':
      return `Work for ${lab} is going to end${end}.`;
    case 'placementEnded':
      return `Your placement at ${lab} has ended${end}.`;
    case 'notInOrder':
      return `You cannot be vouched for at ${lab} until something is put in order${reason ? `: ${missingWord(reason)}` : ''}.`;
    default:
      return `There is news of your work for ${lab}.`;
  }
}
