import type { BatchState, StuckBatch } from '../../api/types';
import type { Tone } from '../../ui/notice';

export const batchStates: Record<BatchState, { word: string; tone: Tone }> = {
  opening: { word: 'Opening', tone: 'attention' },
  open: { word: 'Open', tone: 'good' },
  paused: { word: 'Paused', tone: 'stopped' },
  closed: { word: 'Closed', tone: 'neutral' },
  cancelled: { word: 'Cancelled', tone: 'neutral' },
};

/** Why nobody can take a batch's work, and what helps. */
export const stuckWords: Record<StuckBatch['reason'], string> = {
  nobodyQualified:
    'nobody at the lab has the skills and languages that it asks for. Give somebody the skill under People, or ask for less.',
  tooFewPeople:
    'it wants more answers to an item than there are people who may still give one. Invite people, or cancel what is left.',
};

export const priorityWord = (priority: number) =>
  priority === 9 ? '9, first' : priority === 0 ? '0, last' : priority === 5 ? '5, usual' : String(priority);
