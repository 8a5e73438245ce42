import { Stack, Text } from '@mantine/core';
import type { ImportPreview, PreviewRow } from '../../../api/types';
import { counted } from '../../../ui/format';
import { Notice } from '../../../ui/notice';
import { factsOf, ItemFacts, ItemParts, many } from '../../item-parts';
import styles from './wizard.module.css';

/** The first rows as the items that they would become. */
export function PreviewRows({ preview }: { preview: ImportPreview }) {
  if (preview.fault) return <Notice tone="stopped" title={preview.fault} live />;
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
      <Text c="dimmed">Line {row.line}</Text>
      {fault && <Notice tone="stopped" title={fault} />}
      {item && <ItemParts item={item} />}
      {item && (
        <ItemFacts
          facts={[...factsOf(item), ...many('Facet', row.facets), ...many('Known answer', row.gold)]}
        />
      )}
    </>
  );
}
