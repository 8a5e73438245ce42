import type { Membership, NoticeRow } from '../../api/types';
import { isAuditor, isStaff } from '../session';

/** What a notice says, and which place it leads to; never what is in an item or an answer. */
interface Kind {
  words: string;
  /** Below the lab; undefined where there is no place to go. */
  place: (notice: NoticeRow, staff: boolean) => string | undefined;
}

const studio = (tab: string) => (notice: NoticeRow) => `studio/${notice.project}/${tab}`;
const work = ({ project }: NoticeRow) => `work/${project}`;
const day = ({ project }: NoticeRow) => `work/${project}/day`;
const either =
  (staffs: Kind['place'], others: Kind['place']): Kind['place'] =>
  (notice, staff) =>
    staff ? staffs(notice, staff) : others(notice, staff);

const batch = either(({ project, subject }) => `studio/${project}/batches?batch=${subject}`, work);

const kinds: Record<NoticeRow['kind'], Kind> = {
  returned: { words: 'An answer of yours came back', place: day },
  appealDecided: { words: 'Your appeal was decided', place: day },
  questionAnswered: { words: 'A question that you asked was answered', place: work },
  guidelinesPublished: { words: 'There are new guidelines', place: either(studio('guidelines'), work) },
  deliveryDone: { words: 'A delivery is ready', place: studio('deliveries') },
  deliveryFailed: { words: 'A delivery failed', place: studio('deliveries') },
  importDone: { words: 'An import is done', place: studio('data') },
  batchPaused: { words: 'A batch was paused', place: batch },
  batchResumed: { words: 'A batch goes on', place: batch },
  escalated: {
    words: 'An answer waits for the lab’s decision',
    place: ({ project, subject }) => `review/${project}/escalations?open=${subject}`,
  },
  acceptanceDecided: {
    words: 'A batch was decided on',
    place: either(({ project, subject }) => `studio/${project}/acceptance?round=${subject}`, day),
  },
  invitationUsed: { words: 'Somebody came by a link that you made', place: () => 'people' },
  suspended: {
    words: 'Work was suspended',
    place: either(
      () => 'studio',
      () => 'work',
    ),
  },
  resumed: {
    words: 'Work goes on',
    place: either(
      () => 'studio',
      () => 'work',
    ),
  },
  appealed: {
    words: 'An appeal waits for a decision',
    place: ({ project, subject }) => `review/${project}/appeals?open=${subject}`,
  },
  questionAsked: { words: 'A question waits for an answer', place: studio('questions') },
};

// Of a node that is newer than this page.
const unknown: Kind = { words: 'Something happened', place: () => undefined };

/** A notice in words, with the address of its place; no address where this person may not go there. */
export function told(notice: NoticeRow, membership: Membership): { words: string; to?: string } {
  const { words, place } = kinds[notice.kind] ?? unknown;
  const to = place(notice, isStaff(membership));
  const shut = to === undefined || (isAuditor(membership) && !/^(people|studio$)/.test(to));
  return { words, to: shut ? undefined : `/labs/${membership.slug}/${to}` };
}
