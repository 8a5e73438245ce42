import type { Proposal, ProposalKind } from '../../api/types';
import { personCalled, type Names } from '../names';

/** What can be proposed on this page. Budgets are proposed by changing them, a new log by whoever repairs the node. */
export type Destroying = 'shredProject' | 'shredLab' | 'erasePerson';

export const destroying: [Destroying, string][] = [
  ['shredProject', 'Shred a project'],
  ['erasePerson', 'Erase a person'],
  ['shredLab', 'Shred the whole lab'],
];

/** What it touches, before it is proposed. */
export const touches: Record<ProposalKind, string> = {
  raiseBudget: 'More may be read from then on: look at what changes below.',
  shredProject:
    'Destroys the keys of the project: its data, guidelines, answers, drafts and packages can be opened by nobody any more, staff and owners neither. Its receipts stay in the ledger. Deliveries that were handed over are not touched.',
  shredLab:
    'Destroys the keys of the whole lab: every project, name, answer and draft can be opened by nobody any more. The ledger stays and can still be verified. The lab cannot work here again.',
  erasePerson:
    'Destroys what ties the person to receipts: they stay in the log and verify as before, and nobody can tell any more whose they are. What the person answered stays with its project.',
  newLog:
    'Starts a new log that names the old checkpoint and the gap. The leaves that are missing are given up for lost.',
};

const titles: Record<ProposalKind, string> = {
  raiseBudget: 'Change weights and limits',
  shredProject: 'Shred project',
  shredLab: 'Shred the whole lab',
  erasePerson: 'Erase person',
  newLog: 'Start a new log',
};

export function proposalCalled({ kind, subject }: Proposal, names: Names): string {
  if (subject === null) return titles[kind];
  return `${titles[kind]} ${kind === 'erasePerson' ? personCalled(names, subject) : (names.project.get(subject) ?? `…${subject.slice(-8)}`)}`;
}

/** Whether somebody else's word is still asked for. */
export const isOpen = ({ state }: Proposal) => state === 'open' || state === 'approved';

/** Whether only owners decide it. */
export const isOwners = ({ kind }: Proposal) => kind !== 'raiseBudget';
