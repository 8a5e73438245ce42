import type { SuspensionScope } from '../api/types';
import { engagementName, useEngagements } from '../studio/engagements/queries';
import { usePeople } from '../studio/people/queries';
import { useProjects } from '../studio/projects/queries';

/** What ids stand for, as far as the viewer may know it. */
export interface Names {
  project: Map<string, string>;
  person: Map<string, string>;
  engagement: Map<string, string>;
}

export function useNames(lab: string): Names {
  const projects = useProjects(lab).data ?? [];
  const people = usePeople(lab).data ?? [];
  const engagements = useEngagements(lab).data ?? [];
  return {
    project: new Map(projects.map((one) => [one.id, one.name ?? one.code])),
    person: new Map(people.map((one) => [one.pseudonym, one.name])),
    engagement: new Map(engagements.map((one) => [one.id, engagementName(one)])),
  };
}

const short = (id: string) => `…${id.slice(-8)}`;

export const personCalled = (names: Names, id: string) => names.person.get(id) ?? short(id);

/** None: all of them. */
const isEmpty = (id: string) => /^[0-]*$/.test(id);

/** A scope in words: "the project Tides". */
export function scopeInWords(names: Names, scope: SuspensionScope, id: string): string {
  switch (scope) {
    case 'lab':
      return 'The whole lab';
    case 'project':
      return `Project ${names.project.get(id) ?? short(id)}`;
    case 'person':
      return `Person ${personCalled(names, id)}`;
    case 'engagement':
      return `Engagement ${names.engagement.get(id) ?? short(id)}`;
    case 'process':
      return `Server process ${short(id)}`;
    case 'export':
      return isEmpty(id) ? 'All exports' : `Exports to ${short(id)}`;
    case 'model':
      return isEmpty(id) ? 'Sends to any model' : `Sends to model ${short(id)}`;
  }
}
