import { Group, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import type { Question, Section } from '../../api/types';
import { counted } from '../../ui/format';
import { Sections } from '../../workroom/guidelines-pane';
import styles from '../studio.module.css';
import { readers, sectionsFor, tagsOf, type Reader } from './sections';

/** What somebody gets of the draft beside a question. Nothing is opened for it: the draft is on this page already. */
export function Preview({ sections, questions }: { sections: Section[]; questions: Question[] }) {
  const [reader, setReader] = useState<Reader>('expert');
  const [question, setQuestion] = useState('');
  const [tag, setTag] = useState('');
  const tags = tagsOf(sections);
  const shown = sectionsFor(sections, { reader, question, tag });
  return (
    <aside className={`panel ${styles.preview}`} aria-label={`What ${readers[reader]} sees`}>
      <Group gap="sm" mb="sm" align="flex-end">
        <NativeSelect
          label="What is seen by"
          value={reader}
          onChange={(event) => setReader(event.currentTarget.value as Reader)}
          data={Object.entries(readers).map(([value, label]) => ({ value, label }))}
        />
        <NativeSelect
          label="In a task with"
          value={question}
          onChange={(event) => setQuestion(event.currentTarget.value)}
          data={[
            { value: '', label: 'all questions' },
            ...questions.map((q) => ({ value: q.key, label: q.title })),
          ]}
        />
        {tags.length > 0 && (
          <NativeSelect
            label="Of an item with"
            value={tag}
            onChange={(event) => setTag(event.currentTarget.value)}
            data={[{ value: '', label: 'none of the tags' }, ...tags]}
          />
        )}
      </Group>
      <Text c="dimmed" role="status" mb="xs">
        {counted(shown.length, 'section')} of {sections.length}
      </Text>
      <Sections sections={shown} level={2} />
    </aside>
  );
}
