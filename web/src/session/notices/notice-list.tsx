import { Button, Group, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { NoticeRow } from '../../api/types';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';
import { Time } from '../../ui/time';
import { useHere } from '../membership';
import styles from './notices.module.css';
import { useNotices, useRead } from './queries';
import { told } from './words';

/** The newest notices, each with a link to the place that it is about. */
export default function NoticeList() {
  const { membership } = useHere();
  const notices = useNotices(membership.slug);
  const read = useRead(membership.slug);
  const rows = notices.data?.pages.flatMap((page) => page.rows) ?? [];
  const unread = notices.data?.pages[0]?.unread ?? 0;
  return (
    <>
      <Group justify="space-between">
        <Title order={2} size="h3">
          Notices
        </Title>
        {unread > 0 && (
          <Button variant="default" loading={read.isPending} onClick={() => read.mutate('all')}>
            Mark all as read
          </Button>
        )}
      </Group>
      <ProblemNotice error={notices.error ?? read.error} />
      {notices.isPending && <Loading what="Looking for notices" />}
      {notices.data && rows.length === 0 && (
        <Text c="dimmed">Nothing has happened that you need to know.</Text>
      )}
      {rows.length > 0 && (
        <ul>
          {rows.map((notice) => (
            <Row key={notice.id} notice={notice} read={() => !notice.readAt && read.mutate(notice.id)} />
          ))}
        </ul>
      )}
      {notices.hasNextPage && (
        <Button
          variant="default"
          loading={notices.isFetchingNextPage}
          onClick={() => void notices.fetchNextPage()}
        >
          Earlier ones
        </Button>
      )}
      <Text mt="xs">
        <Link to={`/labs/${membership.slug}/settings`}>Notices by e-mail</Link>
      </Text>
    </>
  );
}

function Row({ notice, read }: { notice: NoticeRow; read: () => void }) {
  const { words, to } = told(notice, useHere().membership);
  return (
    <li className={notice.readAt ? undefined : styles.unread}>
      {to ? (
        <Link to={to} onClick={read}>
          {words}
        </Link>
      ) : (
        words
      )}
      {!notice.readAt && <span className="visually-hidden"> (unread)</span>}
      <Text component="div" c="dimmed" fw={400}>
        {notice.code && `${notice.code}, `}
        <Time value={notice.at} />
      </Text>
    </li>
  );
}
