import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { ApiProblem, Unreachable } from '../api/problem';
import { renderScreen } from '../test/render';
import { arrange, DataTable, type Column } from './data-table';
import { bytes, counted, duration } from './format';
import { ProblemNotice } from './notice';
import { ago } from './time';

const columns: Column<{ name: string; size: number }>[] = [
  { title: 'Name', value: (row) => row.name },
  { title: 'Size', value: (row) => row.size, numeric: true },
];
const rows = [
  { name: 'heron', size: 9 },
  { name: 'otter', size: 10 },
];

test('arrange_NumbersDown_SortsByNumberNotByWord', () => {
  expect(arrange(rows, columns, '', { column: 1, down: true }).map((r) => r.size)).toEqual([10, 9]);
});

test('arrange_TwoWords_KeepsRowsThatHaveBoth', () => {
  expect(arrange(rows, columns, 'ER 10', null)).toEqual([rows[1]]);
});

test('DataTable_HeaderPressedTwice_SaysHowItIsSorted', async () => {
  renderScreen(<DataTable caption="Birds" columns={columns} rows={rows} id={(row) => row.name} />);
  const header = screen.getByRole('columnheader', { name: /Size/ });
  await userEvent.click(screen.getByRole('button', { name: /Size/ }));
  expect(header.getAttribute('aria-sort')).toBe('ascending');
  await userEvent.click(screen.getByRole('button', { name: /Size/ }));
  expect(header.getAttribute('aria-sort')).toBe('descending');
});

test('ProblemNotice_FromTheServer_ShowsItsSentence', () => {
  renderScreen(
    <ProblemNotice error={new ApiProblem(409, { title: 'Conflict', detail: 'Publish guidelines first.' })} />,
  );
  expect(screen.getByRole('alert').textContent).toBe('Publish guidelines first.');
});

test('ProblemNotice_NoAnswer_SaysWhatIsSafe', () => {
  renderScreen(<ProblemNotice error={new Unreachable('x')} safe="Nothing was suspended." />);
  expect(screen.getByRole('alert').textContent).toContain('Nothing was suspended.');
});

test('format_Values_AreReadable', () => {
  expect(bytes(1_234_567)).toBe('1.18 MiB');
  expect(bytes(80)).toBe('80 B');
  expect(counted(1, 'person', 'people')).toBe('1 person');
  expect(counted(1200, 'task')).toBe('1,200 tasks');
  expect(duration(125)).toBe('2:05');
  expect(ago(new Date(0), 7_200_000)).toBe('2 hours ago');
  expect(ago(new Date(0), 3_000)).toBe('just now');
});
