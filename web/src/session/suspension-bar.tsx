import { Link } from 'react-router';
import type { Suspension, SuspensionScope } from '../api/types';
import { counted } from '../ui/format';
import { Time } from '../ui/time';
import { reasonWord, useSuspensions } from './suspensions';

/** In the order in which they are told; one and many. */
const scopes: [SuspensionScope, string, string][] = [
  ['project', 'project', 'projects'],
  ['engagement', 'engagement', 'engagements'],
  ['person', 'person', 'people'],
  ['process', 'server process', 'server processes'],
];

/** While something is suspended, every page of the lab's staff says so; drills are told apart. */
export default function SuspensionBar({ lab }: { lab: string }) {
  const suspensions = useSuspensions(lab).data ?? [];
  const real = suspensions.filter((suspension) => !suspension.drill);
  const drills = suspensions.filter((suspension) => suspension.drill);
  const newest = real.reduce<Suspension | null>((a, b) => (a && a.since > b.since ? a : b), null);
  const all = (
    <Link to={`/labs/${lab}/security/suspensions`}>
      See<span className="visually-hidden"> what is suspended</span>
    </Link>
  );
  return (
    <>
      {newest && (
        <div className="bar" data-tone="stopped">
          <strong>Suspended:</strong> {inWords(real)}. Last since <Time value={newest.since} /> (
          {reasonWord(newest.reason)}). {all}
        </div>
      )}
      {drills.length > 0 && (
        <div className="bar" data-tone="attention">
          <strong>Drill, nothing is stopped by it:</strong> {inWords(drills)}. {!newest && all}
        </div>
      )}
    </>
  );
}

/** "the whole lab, 2 projects, exports". */
export function inWords(suspensions: Suspension[]): string {
  const count = (scope: SuspensionScope) => suspensions.filter((one) => one.scope === scope).length;
  return [
    count('lab') > 0 && 'the whole lab',
    ...scopes.map(([scope, one, many]) => count(scope) > 0 && counted(count(scope), one, many)),
    count('export') > 0 && 'exports',
    count('model') > 0 && 'sends to models',
  ]
    .filter(Boolean)
    .join(', ');
}
