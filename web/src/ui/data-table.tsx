import { Table, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';

export interface Column<Row> {
  title: string;
  /** What is sorted and filtered by; shown as it is where there is no `show`. */
  value: (row: Row) => string | number;
  show?: (row: Row) => ReactNode;
  numeric?: boolean;
}

/** A list that a person can filter by words and sort by any column. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  id,
  filterable = rows.length > 8,
}: {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  id: (row: Row) => string;
  filterable?: boolean;
}) {
  const [filter, setFilter] = useState('');
  const [order, setOrder] = useState<{ column: number; down: boolean } | null>(null);
  const shown = arrange(rows, columns, filter, order);
  return (
    <>
      {filterable && (
        <TextInput
          label={`Filter ${caption.toLowerCase()}`}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          maw={280}
          mb="xs"
        />
      )}
      <div className="table-scroll">
        <Table>
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
                      mih={24}
                      onClick={() => setOrder({ column: index, down: sorted ? !order.down : false })}
                    >
                      {column.title}
                      <span aria-hidden="true">{sorted ? (order.down ? ' ↓' : ' ↑') : ''}</span>
                    </UnstyledButton>
                  </Table.Th>
                );
              })}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row) => (
              <Table.Tr key={id(row)}>
                {columns.map((column) => (
                  <Table.Td key={column.title} className={column.numeric ? 'number' : undefined}>
                    {column.show ? column.show(row) : column.value(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {shown.length === 0 && <Text c="dimmed">No row has these words.</Text>}
    </>
  );
}

export function arrange<Row>(
  rows: Row[],
  columns: Column<Row>[],
  filter: string,
  order: { column: number; down: boolean } | null,
): Row[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter((row) => {
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

function compare(x: string | number, y: string | number): number {
  return typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
}
