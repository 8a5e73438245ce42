import { Button, Stack } from '@mantine/core';
import type { Report } from '../../api/types';
import { Id } from '../../ui/copy';
import { DataTable, type Column } from '../../ui/data-table';
import { EmptyState } from '../../ui/empty-state';
import { Loading } from '../../ui/loading';
import { ProblemNotice, State } from '../../ui/notice';
import { Time } from '../../ui/time';
import { useReports } from './queries';

const about = (report: Report) => (report.skipped ? 'Why it was skipped' : 'Something is wrong');

const columns: Column<Report>[] = [
  { title: 'When', value: (report) => report.time, show: (report) => <Time value={report.time} /> },
  { title: 'Who', value: (report) => report.name ?? 'unknown', filter: true },
  {
    title: 'About',
    value: about,
    filter: true,
    show: (report) => <State tone={report.skipped ? 'neutral' : 'attention'}>{about(report)}</State>,
  },
  {
    title: 'Item',
    value: (report) => report.item,
    show: (report) => <Id value={report.item} label="item" />,
  },
  {
    title: 'Words',
    value: (report) => report.text,
    show: (report) => (
      <span className="plain" dir="auto">
        {report.text}
      </span>
    ),
  },
];

/** What experts said of items: what is wrong with them, and why they passed them over. */
export default function Reports({ lab, project }: { lab: string; project: string }) {
  const found = useReports(lab, project);
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Stack gap="md">
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending && <Loading what="Opening the reports" />}
      {found.data && rows.length === 0 && (
        <EmptyState title="No reports">
          When an expert reports an item, or says why they skip one, it is read here.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <div className="panel">
          <DataTable caption="Reports" rows={rows} columns={columns} id={(report) => report.id} />
        </div>
      )}
      {found.hasNextPage && (
        <div>
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            Show earlier ones
          </Button>
        </div>
      )}
    </Stack>
  );
}
