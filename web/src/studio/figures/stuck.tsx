import type { StuckBatch } from '../../api/types';
import { counted } from '../../ui/format';
import { Notice } from '../../ui/notice';
import { stuckWords } from '../batches/words';

/** Batches whose open work nobody can take, each with the reason. */
export function StuckNotice({ stuck, names }: { stuck: StuckBatch[]; names: Map<string, string> }) {
  if (stuck.length === 0) return null;
  return (
    <Notice tone="attention" title={`${counted(stuck.length, 'batch', 'batches')} cannot go on`}>
      <ul>
        {stuck.map(({ batch, code, open, reason }) => (
          <li key={batch}>
            {names.get(batch) ?? code}, {counted(open, 'open task')}: {stuckWords[reason]}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
