import { Table, Text } from '@mantine/core';
import { Time } from '../ui/time';
import { comparedWith, kindName, rateInWords, type EarlierListing, type WorkRate } from './work';

/** What each kind of work is paid, beside what the same work paid before. */
export function Rates({
  rates,
  currency,
  earlier,
  caption,
}: {
  rates: WorkRate[];
  currency: string;
  earlier?: EarlierListing | null;
  caption: string;
}) {
  return (
    <>
      <div className="table-scroll">
        <Table>
          <caption className="visually-hidden">{caption}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Work</Table.Th>
              <Table.Th scope="col">Paid</Table.Th>
              {earlier && <Table.Th scope="col">When listed before</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rates.map((rate) => (
              <Table.Tr key={rate.kind}>
                <Table.Td>{kindName(rate.kind)}</Table.Td>
                <Table.Td>{rateInWords(rate, currency)}</Table.Td>
                {earlier && <Table.Td>{comparedWith(rate, currency, earlier)}</Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {earlier && (
        <Text c="dimmed" mt={4}>
          {earlier.sure
            ? 'The lab says that this is the same work as was listed'
            : 'Work of the same lab and programme, with the same skills, was listed'}{' '}
          <Time value={earlier.listedAt} />, with {earlier.weekHours} hours a week.
        </Text>
      )}
    </>
  );
}
