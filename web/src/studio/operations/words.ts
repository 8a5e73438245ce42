import type { OperationKind, SlotState } from '../../api/types';

/** What can be done to many tasks at once, in words. */
export const operationKinds: Record<OperationKind, { does: string; did: string; hint: string }> = {
  release: {
    does: 'Take tasks back',
    did: 'Taken back',
    hint: 'Tasks in people’s hands are open again, for everybody. Saved drafts stay with whoever wrote them.',
  },
  reassign: {
    does: 'Give tasks to somebody else',
    did: 'Given to somebody else',
    hint: 'Tasks that are open or in people’s hands go to one person. Saved drafts stay with whoever wrote them.',
  },
  return: {
    does: 'Return answers',
    did: 'Returned',
    hint: 'Answers go back to whoever gave them, with your reason.',
  },
  cancel: {
    does: 'Cancel tasks and answers',
    did: 'Cancelled',
    hint: 'They are not wanted any more. Accepted answers stay.',
  },
  reprioritise: {
    does: 'Change the priority of a batch',
    did: 'Priority changed',
    hint: 'The highest is worked on first; no batch starves.',
  },
};

export const slotWords: Record<SlotState, string> = {
  open: 'open',
  leased: 'in hand',
  submitted: 'to review',
  accepted: 'accepted',
  returned: 'returned',
  escalated: 'passed on to the lab',
  cancelled: 'cancelled',
};
