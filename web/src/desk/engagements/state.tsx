import { stopWord } from '../../vendor/work';
import { State } from '../../ui/notice';
import type { EngagementRow } from '../types';

/** Where an engagement stands, in words. */
export function stateInWords(row: EngagementRow): string {
  if (row.state === 'ended') return `Ended by ${row.endedBy === 'vendor' ? 'this vendor' : 'the lab'}`;
  if (row.state === 'declined') return 'Declined';
  if (row.stopped) return `Suspended by the lab: ${stopWord(row.stopped)}`;
  if (row.state === 'proposed') return 'Terms wait for your answer';
  if (row.proposed !== null) return 'In force; changed terms wait for your answer';
  return row.endsAt ? 'In force; its end is set' : 'In force';
}

export function EngagementState({ row }: { row: EngagementRow }) {
  const tone =
    row.state === 'ended' || row.state === 'declined'
      ? 'neutral'
      : row.stopped
        ? 'stopped'
        : row.proposed !== null || row.endsAt
          ? 'attention'
          : 'good';
  return <State tone={tone}>{stateInWords(row)}</State>;
}
