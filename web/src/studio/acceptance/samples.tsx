import { Button } from '@mantine/core';
import { Link, useNavigate, useParams } from 'react-router';
import { useLab } from '../../session/membership';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { useAcceptances } from './queries';
import { RoundsTable } from './rounds-table';

/** Samples that wait for judges, for reviewers. */
export default function Samples() {
  const { project = '' } = useParams();
  const lab = useLab();
  const go = useNavigate();
  const acceptances = useAcceptances(lab, project);
  const open = acceptances.data?.filter(({ state, judged, sample }) => state === 'drawn' && judged < sample);
  return (
    <Page
      title="Samples to judge"
      aside={
        <Button variant="default" component={Link} to={`/labs/${lab}/review`}>
          Projects
        </Button>
      }
    >
      <ProblemNotice error={acceptances.error} retry={() => void acceptances.refetch()} />
      {acceptances.isPending && <Loading what="Looking for samples" />}
      {open?.length === 0 && (
        <EmptyState title="No sample waits for judges">
          When the lab draws a sample of a finished batch, it appears here.
        </EmptyState>
      )}
      {open && open.length > 0 && (
        <RoundsTable
          rows={open}
          open={({ id }) => void go(`/labs/${lab}/review/${project}/acceptances/${id}`)}
        />
      )}
    </Page>
  );
}
