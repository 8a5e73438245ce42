import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, http } from '../../api/client';
import { inProject, projectKey } from '../keys';

/** The imports of a project. Each look opens their file names, so it is renewed only while one is `running` here. */
export function useImports(lab: string, project: string, running: boolean) {
  return useQuery({
    queryKey: projectKey(lab, project, 'imports'),
    queryFn: () => ask(http.GET('/api/labs/{lab}/projects/{project}/imports', inProject(lab, project))),
    refetchInterval: running ? 2_000 : false,
  });
}

/** One import with its bad rows. */
export function useImport(lab: string, project: string, id: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'imports', id),
    queryFn: () =>
      ask(
        http.GET('/api/labs/{lab}/projects/{project}/imports/{import}', {
          params: { path: { lab, project, import: id } },
        }),
      ),
  });
}

/** Takes an import back: its items go, as long as nobody has worked on any of them. */
export function useUndoImport(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      ask(
        http.DELETE('/api/labs/{lab}/projects/{project}/imports/{import}', {
          params: { path: { lab, project, import: id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: projectKey(lab, project) }),
  });
}

/** Names of item properties that the lab allows in clear. */
export function useFacets(lab: string, project: string) {
  return useQuery({
    queryKey: projectKey(lab, project, 'facets'),
    queryFn: () => ask(http.GET('/api/labs/{lab}/projects/{project}/facets', inProject(lab, project))),
  });
}

export function useApproveFacets(lab: string, project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (facets: string[]) =>
      ask(
        http.PUT('/api/labs/{lab}/projects/{project}/facets', {
          ...inProject(lab, project),
          body: { facets },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: projectKey(lab, project, 'facets') }),
  });
}
