import { Checkbox, Group, Title } from '@mantine/core';
import { lazy, Suspense, useMemo, type ReactNode, type RefObject } from 'react';
import type { Answers, Content, ItemContent, Question, QuestionAnswer } from '../api/types';
import type { Bindings } from './bindings';
import { asText, ContentView, TextView, type Rendering } from './content';
import { standing } from './answers';
import { KeyHint } from './key-hint';
import { PictureView } from './picture';
import type { Preferences } from './preferences';
import { letterOf } from './questions/kind';
import { useMarking } from './spans/marking';
import styles from './workroom.module.css';

const Differences = lazy(() => import('./differences'));
const SpanText = lazy(() => import('./spans/span-text'));

/** The marking of the item's text, where the form asks for it. */
export interface TextMarking {
  questions: readonly Question[];
  answers: Answers;
  change?: (key: string, answer: QuestionAnswer) => void;
}

/**
 * What the item holds, each part scrolling in its own pane. Sides and responses stand as shown; which is which nobody
 * here knows.
 */
export function ItemPane({
  item,
  label,
  preferences,
  bindings,
  differences,
  setDifferences,
  focus,
  marking,
  picture,
}: {
  item: ItemContent;
  label: string;
  preferences: Preferences;
  bindings?: Bindings;
  differences: boolean;
  setDifferences(on: boolean): void;
  /** Takes the focus when the task changes. */
  focus?: RefObject<HTMLElement | null>;
  marking?: TextMarking;
  /** Where the item's image is fetched from. */
  picture?: string;
}) {
  const { rendering, setRendering, unseen, setUnseen } = preferences;
  const compared = item.left !== undefined && item.right !== undefined;
  const named = (name: string, id: string) =>
    bindings ? (
      <>
        {name}
        <KeyHint>{bindings.keyOf(id)}</KeyHint>
      </>
    ) : (
      name
    );
  const spans = marking?.questions.filter((question) => question.type === 'spans') ?? [];
  // The first part takes the focus.
  const first = item.prompt !== undefined ? 'prompt' : item.text !== undefined ? 'text' : 'other';
  return (
    <section className={styles.item} aria-label={label}>
      <Group gap="xs" justify="space-between" className={styles.tools}>
        <Title order={2} size="h4">
          {titleOf(item)}
        </Title>
        <Group gap="md">
          {compared && (
            <Checkbox
              label={named('Differences', 'differences')}
              checked={differences}
              onChange={(event) => setDifferences(event.currentTarget.checked)}
            />
          )}
          {(spans.length === 0 || first === 'prompt') && (
            <Checkbox
              label={named('Formatted', 'formatted')}
              checked={rendering === 'markdown'}
              onChange={(event) => setRendering(event.currentTarget.checked ? 'markdown' : 'text')}
            />
          )}
          <Checkbox
            label={named('Unseen characters', 'invisible')}
            checked={unseen}
            onChange={(event) => setUnseen(event.currentTarget.checked)}
          />
        </Group>
      </Group>
      {item.prompt !== undefined && (
        <Pane label="Prompt" className={styles.prompt} focus={focus}>
          <ContentView content={item.prompt} rendering={rendering} />
        </Pane>
      )}
      {item.image && picture && (
        <PictureView key={item.image.id} source={picture} focus={first === 'other' ? focus : undefined} />
      )}
      {item.text !== undefined &&
        (spans.length > 0 && marking ? (
          <MarkedText
            item={item}
            spans={spans}
            marking={marking}
            focus={first === 'text' ? focus : undefined}
          />
        ) : (
          <Pane label="Text" focus={first === 'text' ? focus : undefined} className={styles.long}>
            <TextView text={item.text} rendering={rendering} />
          </Pane>
        ))}
      {compared && (
        <Sides
          left={item.left!}
          right={item.right!}
          rendering={rendering}
          differences={differences}
          focus={first === 'other' && !item.image ? focus : undefined}
        />
      )}
      {item.responses && (
        <div className={styles.responses} data-many={item.responses.length > 4 || undefined}>
          {item.responses.map((response, index) => (
            <Side
              key={index}
              name={`Response ${letterOf(index)}`}
              response={index}
              focus={first === 'other' && index === 0 ? focus : undefined}
            >
              <ContentView content={response} rendering={rendering} />
            </Side>
          ))}
        </div>
      )}
    </section>
  );
}

function titleOf(item: ItemContent): string {
  if (item.prompt !== undefined) return 'Prompt';
  if (item.text !== undefined) return 'Text';
  return item.image ? 'Image' : 'Responses';
}

function Sides({
  left,
  right,
  rendering,
  differences,
  focus,
}: {
  left: Content;
  right: Content;
  rendering: Rendering;
  differences: boolean;
  focus?: RefObject<HTMLElement | null>;
}) {
  const texts = useMemo(() => ({ left: asText(left), right: asText(right) }), [left, right]);
  const plain = { left, right };
  return (
    <div className={styles.sides}>
      {(['left', 'right'] as const).map((side) => (
        <Side
          key={side}
          name={`Response ${side === 'left' ? 'A' : 'B'}`}
          focus={side === 'left' ? focus : undefined}
        >
          {differences ? (
            <Suspense fallback={<ContentView content={plain[side]} rendering="text" />}>
              <Differences {...texts} side={side} />
            </Suspense>
          ) : (
            <ContentView content={plain[side]} rendering={rendering} />
          )}
        </Side>
      ))}
    </div>
  );
}

/** The text under the spans question that is at work; several of them take turns. */
function MarkedText({
  item,
  spans,
  marking: { answers, change },
  focus,
}: {
  item: ItemContent;
  spans: readonly Question[];
  marking: TextMarking;
  focus?: RefObject<HTMLElement | null>;
}) {
  const { marking, state } = useMarking();
  const question = spans.find(({ key }) => key === state.question) ?? spans[0]!;
  const all = standing(answers, change ? item.prelabels : undefined);
  return (
    <>
      {spans.length > 1 && (
        <label className={styles.which}>
          Marking for{' '}
          <select
            value={question.key}
            onChange={(event) => marking.set({ question: event.currentTarget.value, active: null })}
          >
            {spans.map(({ key, title }) => (
              <option key={key} value={key}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className={`${styles.pane} ${styles.long}`} data-pane>
        <Suspense fallback={<TextView text={item.text!} rendering="text" />}>
          <SpanText
            text={item.text!}
            question={question}
            answer={all[question.key] ?? {}}
            change={change && ((answer) => change(question.key, answer))}
            focus={focus}
          />
        </Suspense>
      </div>
    </>
  );
}

function Side({
  name,
  response,
  focus,
  children,
}: {
  name: string;
  /** Its place among responses to be ranked. */
  response?: number;
  focus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}) {
  return (
    <div className={styles.side} data-response={response}>
      <Title order={2} size="h4">
        {name}
      </Title>
      <Pane label={name} focus={focus}>
        {children}
      </Pane>
    </div>
  );
}

/** A region that scrolls; it takes the focus so that arrow keys reach what does not fit. */
function Pane({
  label,
  className,
  focus,
  children,
}: {
  label: string;
  className?: string;
  focus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}) {
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className={`${styles.pane} ${className ?? ''}`}
      ref={focus as RefObject<HTMLDivElement | null> | undefined}
    >
      {children}
    </div>
  );
}
