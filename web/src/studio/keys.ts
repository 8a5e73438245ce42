/** Keys of the query cache. Everything of a project lies under one prefix, so that one act can renew it all. */
export const projectsKey = (lab: string) => ['lab', lab, 'projects'] as const;
export const projectKey = (lab: string, project: string, ...part: unknown[]) =>
  ['lab', lab, 'project', project, ...part] as const;
export const peopleKey = (lab: string) => ['lab', lab, 'people'] as const;
export const invitationsKey = (lab: string) => ['lab', lab, 'invitations'] as const;

export const inLab = (lab: string) => ({ params: { path: { lab } } });
export const inProject = (lab: string, project: string) => ({ params: { path: { lab, project } } });
