import { Button, Group, NativeSelect, Table, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { count, counted } from './format';

export interface Column<Row> {
  title: string;
  /** What is sorted and filtered by; shown as it is where there is no `show`. */
  value: (row: Row) => string | number;
  show?: (row: Row) => ReactNode;
  numeric?: boolean;
  /** A choice of the column's values stands above the list. */
  filter?: boolean;
}

export interface Order {
  column: number;
  down: boolean;
}

/** How many rows stand on the page before it is asked for more. */
const STEP = 200;

/** A list that a person can filter by words and by the values of a column, and sort by any column. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  id,
  filterable = rows.length > 8,
  order: first = null,
  open,
}: {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  id: (row: Row) => string;
  filterable?: boolean;
  /** The order at first; without it the rows stand as they come. */
  order?: Order | null;
  /** Makes the first column of each row a button that opens it; the arrow keys lead from one to the next. */
  open?: (row: Row) => void;
}) {
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const [order, setOrder] = useState<Order | null>(first);
  const [most, setMost] = useState(STEP);
  const found = arrange(rows, columns, words, order, chosen);
  const shown = found.slice(0, most);
  const narrowed = words.trim() !== '' || Object.values(chosen).some(Boolean);
  const clear = () => {
    setWords('');
    setChosen({});
  };
  return (
    <>
      {filterable && (
        <Group
          gap="sm"
          mb="xs"
          align="flex-end"
          role="group"
          aria-label={`Filters of ${caption.toLowerCase()}`}
        >
          <TextInput
            label={`Filter ${caption.toLowerCase()}`}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            w={240}
          />
          {columns
            .filter((column) => column.filter)
            .map((column) => (
              <NativeSelect
                key={column.title}
                label={column.title}
                value={chosen[column.title] ?? ''}
                onChange={(event) => setChosen({ ...chosen, [column.title]: event.currentTarget.value })}
                data={[{ value: '', label: 'any' }, ...valuesOf(rows, column)]}
              />
            ))}
          <Text c="dimmed" role="status" mb={4}>
            {narrowed ? `${count(found.length)} of ${counted(rows.length, 'row')}` : ''}
          </Text>
        </Group>
      )}
      <div className="table-scroll">
        <Table onKeyDown={open && moveAmongRows}>
          <caption className="visually-hidden">{caption}</caption>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column, index) => {
                const sorted = order?.column === index;
                return (
                  <Table.Th
                    key={column.title}
                    scope="col"
                    className={column.numeric ? 'number' : undefined}
                    aria-sort={sorted ? (order.down ? 'descending' : 'ascending') : undefined}
                  >
                    <UnstyledButton
                      fw={600}
                      fz="sm"
                      mih={24}
                      onClick={() => setOrder({ column: index, down: sorted ? !order.down : false })}
                    >
                      {column.title}
                    </UnstyledButton>
                  </Table.Th>
                );
              })}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row) => (
              <Table.Tr key={id(row)}>
                {columns.map((column, index) => {
                  const content = column.show ? column.show(row) : column.value(row);
                  return (
                    <Table.Td key={column.title} className={column.numeric ? 'number' : undefined}>
                      {open && index === 0 ? (
                        <UnstyledButton className="row-open" fz="sm" mih={24} onClick={() => open(row)}>
                          {content}
                        </UnstyledButton>
                      ) : (
                        content
                      )}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {found.length > shown.length && (
        <Group mt="xs">
          <Button variant="default" onClick={() => setMost(most + STEP)}>
            Show more
          </Button>
          <Text c="dimmed">
            {counted(shown.length, 'row')} of {counted(found.length, 'row')}
          </Text>
        </Group>
      )}
      {found.length === 0 && narrowed && (
        <Group mt="xs">
          <Text c="dimmed">No row fits these filters.</Text>
          <Button variant="default" onClick={clear}>
            Clear the filters
          </Button>
        </Group>
      )}
    </>
  );
}

/** The rows that have all the words and the chosen values, in order. The given array is left as it is. */
export function arrange<Row>(
  rows: Row[],
  columns: Column<Row>[],
  filter: string,
  order: Order | null,
  chosen: Record<string, string> = {},
): Row[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = columns.filter((column) => chosen[column.title]);
  const found = rows.filter((row) => {
    if (wanted.some((column) => String(column.value(row)) !== chosen[column.title])) return false;
    if (words.length === 0) return true;
    const text = columns
      .map((column) => String(column.value(row)))
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const column = order && columns[order.column];
  if (!column) return found;
  const sign = order.down ? -1 : 1;
  return found.sort((x, y) => sign * compare(column.value(x), column.value(y)));
}

function valuesOf<Row>(rows: Row[], column: Column<Row>): string[] {
  return [...new Set(rows.map((row) => String(column.value(row))))].filter(Boolean).sort(compare);
}

function compare(x: string | number, y: string | number): number {
  return typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
}

/** Up and down from one row's button to the next. */
function moveAmongRows(event: KeyboardEvent<HTMLTableElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('.row-open')];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? undefined : buttons[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
