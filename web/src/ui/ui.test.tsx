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

test('DataTable_ValueChosen_KeepsItsRowsAndCanBeCleared', async () => {
  const many = Array.from({ length: 12 }, (_, n) => ({ name: n % 3 === 0 ? 'heron' : 'otter', size: n }));
  renderScreen(
    <DataTable
      caption="Birds"
      columns={[{ ...columns[0]!, filter: true }, columns[1]!]}
      rows={many}
      id={(row) => String(row.size)}
    />,
  );
  await userEvent.selectOptions(screen.getByLabelText('Name'), 'heron');
  expect(screen.getAllByRole('row')).toHaveLength(5);
  expect(screen.getByText('4 of 12 rows')).toBeDefined();
  await userEvent.type(screen.getByLabelText('Filter birds'), 'wren');
  await userEvent.click(screen.getByRole('button', { name: 'Clear the filters' }));
  expect(screen.getAllByRole('row')).toHaveLength(13);
});

test('DataTable_ArrowDown_LeadsToTheNextRow', async () => {
  const opened: string[] = [];
  renderScreen(
    <DataTable
      caption="Birds"
      columns={columns}
      rows={rows}
      id={(row) => row.name}
      open={(row) => opened.push(row.name)}
    />,
  );
  screen.getByRole('button', { name: 'heron' }).focus();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(opened).toEqual(['otter']);
});

test('DataTable_HundredsOfRows_ComeInSteps', async () => {
  const many = Array.from({ length: 450 }, (_, size) => ({ name: 'heron', size }));
  renderScreen(<DataTable caption="Birds" columns={columns} rows={many} id={(row) => String(row.size)} />);
  expect(screen.getAllByRole('row')).toHaveLength(201);
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(screen.getAllByRole('row')).toHaveLength(401);
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
