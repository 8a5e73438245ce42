import { useRef } from 'react';
import { counted } from '../ui/format';
import { useNow, ago } from '../ui/time';
import type { SaveState } from './draft-keeper';
import type { OutboxState } from './outbox';

/** In words, what has become of what was typed and sent. The clock part is kept out of the live region. */
export function StatusLine({ save, outbox }: { save: SaveState; outbox: OutboxState }) {
  const now = useNow(1_000);
  const sending = sendingWords(outbox);
  return (
    <>
      <span>{[saveWords(save, now), sending].filter(Boolean).join(' · ')}</span>
      <Announcement save={save} sending={sending} />
    </>
  );
}

function saveWords(save: SaveState, now: number): string {
  switch (save.kind) {
    case 'untouched':
      return '';
    case 'unsaved':
      return 'not saved yet';
    case 'saving':
      return 'saving…';
    case 'saved':
      return `saved ${ago(new Date(save.at), now)}`;
    case 'offline':
      return `${save.away ? 'the lab’s vault is not there' : 'offline'}: ${save.kept ? 'kept, will send' : 'only on this page, keep it open'}`;
    case 'conflict':
      return 'not saved: changed elsewhere';
    case 'refused':
      return 'not saved';
  }
}

function sendingWords({ sending, waiting, sentAt, refused }: OutboxState): string {
  if (refused.length > 0) return `${refused.length} not accepted`;
  if (waiting > 0) return `${counted(waiting, 'answer')} kept here, will be sent`;
  if (sending > 0) return 'sending…';
  return sentAt === null ? '' : 'last answer sent';
}

/** Speaks when something changed that a person would act on; "saving" and "saved" after each word would be a chatter. */
function Announcement({ save, sending }: { save: SaveState; sending: string }) {
  const said = useRef('');
  if (save.kind === 'saved') said.current = 'Saved.';
  else if (['offline', 'conflict', 'refused'].includes(save.kind)) said.current = `${saveWords(save, 0)}.`;
  return (
    <span className="visually-hidden" role="status">
      {said.current} {sending === 'sending…' ? '' : sending}
    </span>
  );
}
