import type { InvitedRole, Role } from '../../api/types';

/** What each role may do and see, in the words in which it is chosen. */
export const roleWords: Record<Role, string> = {
  owner: 'As a project manager; invites project managers and auditors, ends others’ sessions and tokens.',
  projectManager:
    'Runs the work: projects, data, guidelines, batches, people, deliveries, suspension. Sees content, each time with a receipt.',
  reviewer: 'Accepts or returns others’ answers and decides appeals; also works on tasks.',
  auditor:
    'Looks at who was shown what, at the ledger and the figures. Opens no content and changes nothing.',
  annotator: 'Works on tasks that are given out, and sees nothing else of a project.',
};

/** Project managers and auditors are invited by an owner. */
export const invitable = (owner: boolean): InvitedRole[] =>
  owner ? ['annotator', 'reviewer', 'projectManager', 'auditor'] : ['annotator', 'reviewer'];

/** Staff and auditors are the lab's own people; these may be a vendor's. */
export const isVendors = (role: Role) => role === 'annotator' || role === 'reviewer';
