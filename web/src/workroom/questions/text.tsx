import { Button, Textarea } from '@mantine/core';
import { useId, useState } from 'react';
import { TextView } from '../content';
import styles from '../workroom.module.css';
import { Frame } from './frame';
import type { ControlProps, Kind } from './kind';

/** Words of one's own; where the form says so, in Markdown with a preview. */
export const text: Kind = {
  Control,
  empty: 'Write something before you submit.',
  given: ({ text }) => (text ?? '').trim() !== '',
  fault: ({ text = '' }, { maxLength }) =>
    text.length > (maxLength ?? 4000) ? `At most ${maxLength ?? 4000} characters.` : null,
  values: () => [],
  words: ({ text }) => text ?? '',
};

function Control(props: ControlProps) {
  const { question, answer, change, fault, letter, leave } = props;
  const id = useId();
  const [preview, setPreview] = useState(false);
  const rendering = question.markdown ? 'markdown' : 'text';
  if (!change)
    return (
      <Frame {...props}>
        {text.given(answer, question) ? (
          <TextView text={answer.text!} rendering={rendering} />
        ) : (
          <div className="plain">No answer.</div>
        )}
      </Frame>
    );
  const length = (answer.text ?? '').length;
  const most = question.maxLength ?? 4000;
  return (
    <Frame
      {...props}
      field={id}
      aside={
        <span className={styles.letter}>
          {letter && (
            <span aria-hidden="true">
              <kbd>{letter}</kbd> to write, <kbd>Esc</kbd> to leave{' '}
            </span>
          )}
          {length > most * 0.8 && `${length} of ${most} characters `}
          {question.markdown && (
            <Button
              variant="subtle"
              size="compact-xs"
              aria-pressed={preview}
              onClick={() => setPreview(!preview)}
            >
              {preview ? 'Hide the preview' : 'Preview'}
            </Button>
          )}
        </span>
      }
    >
      <Textarea
        id={id}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={most}
        value={answer.text ?? ''}
        error={fault !== undefined}
        onChange={(event) =>
          change(event.currentTarget.value === '' ? {} : { text: event.currentTarget.value })
        }
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) leave?.();
        }}
      />
      {preview && (
        <div className={styles.preview} role="group" aria-label="Preview" aria-live="off">
          <TextView text={answer.text ?? ''} rendering="markdown" />
        </div>
      )}
    </Frame>
  );
}
