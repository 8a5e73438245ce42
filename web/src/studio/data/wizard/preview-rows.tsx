import { Stack, Text } from '@mantine/core';
import type { ImportPreview, PreviewItem, PreviewRow } from '../../../api/pending-studio';
import { counted } from '../../../ui/format';
import { Notice } from '../../../ui/notice';
import { ItemParts } from '../../item-parts';
import styles from './wizard.module.css';

/** The first rows as the items that they would become. */
export function PreviewRows({ preview }: { preview: ImportPreview }) {
  const bad = preview.rows.filter((row) => row.fault).length;
  if (preview.rows.length === 0)
    return <Notice tone="attention" title="No row was found at the beginning of this file" />;
  return (
    <Stack gap="xs">
      <Text role="status">
        The first {counted(preview.rows.length, 'row')}
        {bad === 0 ? ', all of them good.' : `, ${counted(bad, 'bad one')} among them.`}
      </Text>
      <ol className={styles.rows} aria-label="First rows" tabIndex={0}>
        {preview.rows.map((row) => (
          <li key={row.line} className="panel">
            <Row row={row} />
          </li>
        ))}
      </ol>
    </Stack>
  );
}

function Row({ row }: { row: PreviewRow }) {
  const { item, fault } = row;
  return (
    <>
      <Text c="dimmed">
        Row {row.line}
        {item?.external ? (
          <>
            , id <bdi>{item.external}</bdi>
          </>
        ) : null}
      </Text>
      {fault && <Notice tone="stopped" title={fault} />}
      {item && <ItemParts item={item} />}
      {item && <Rest item={item} />}
    </>
  );
}

/** What an item has beside its texts. */
function Rest({ item }: { item: PreviewItem }) {
  const lines: [string, string][] = [
    ...(item.image ? [['Image', item.image] as [string, string]] : []),
    ...entries('Facet', item.facets),
    ...entries('Suggestion', item.prelabels),
    ...entries('Known answer', item.gold),
  ];
  if (lines.length === 0) return null;
  return (
    <dl className={styles.rest}>
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function entries(kind: string, values: Record<string, unknown> | null | undefined): [string, string][] {
  return Object.entries(values ?? {}).map(([name, value]) => [
    `${kind} ${name}`,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}
