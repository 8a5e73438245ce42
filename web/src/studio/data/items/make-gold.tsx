import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Answers, ItemContent, Question, SealedItem } from '../../../api/types';
import { Notice, ProblemNotice } from '../../../ui/notice';
import { asked, faults, forSubmit } from '../../../workroom/answers';
import { ItemPane } from '../../../workroom/item-pane';
import { usePreferences } from '../../../workroom/preferences';
import { QuestionPane } from '../../../workroom/question-pane';
import { Marking, MarkingContext } from '../../../workroom/spans/marking';
import { imageOf } from '../../item-parts';
import { useMakeGold } from './queries';

/** Says what is right about an item, in the workroom's own terms: response a stands left, responses as in the item. */
export function MakeGold({
  lab,
  project,
  item,
  content,
  questions,
  cancel,
}: {
  lab: string;
  project: string;
  item: string;
  content: SealedItem;
  questions: Question[];
  cancel: () => void;
}) {
  const make = useMakeGold(lab, project);
  const preferences = usePreferences();
  const marking = useMemo(() => new Marking(), []);
  const [differences, setDifferences] = useState(false);
  const [answers, setAnswers] = useState<Answers>({});
  const [explanation, setExplanation] = useState('');
  const [tried, setTried] = useState(false);
  const shown = useMemo(() => shownOf(content), [content]);
  const wrong = faults(questions, answers);
  const change = (key: string, answer: Answers[string]) => setAnswers((now) => ({ ...now, [key]: answer }));
  const save = () => {
    setTried(true);
    if (Object.keys(wrong).length > 0) return;
    const words = explanation.trim();
    make.mutate({
      item,
      answers: forSubmit(questions, answers),
      ...(words ? { explanation: words } : {}),
    });
  };
  if (make.isSuccess)
    return (
      <Notice tone="good" title="It is a gold item" live>
        <Text>People meet it among their tasks, where nothing tells it apart. It is in no delivery.</Text>
      </Notice>
    );
  return (
    <MarkingContext value={marking}>
      <Stack gap="sm">
        <ItemPane
          item={shown}
          label="Item"
          preferences={preferences}
          differences={differences}
          setDifferences={setDifferences}
          marking={{ questions: asked(questions, answers), answers, change }}
          picture={imageOf(lab, project, item)}
        />
        <QuestionPane
          questions={questions}
          answers={answers}
          item={shown}
          change={change}
          faults={tried ? wrong : {}}
        />
        <Textarea
          label="Why this is right (optional)"
          description="Shown after the answer, where the batch gives feedback."
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4_000}
          value={explanation}
          onChange={(event) => setExplanation(event.currentTarget.value)}
        />
        <ProblemNotice error={make.error} safe="The item is as it was." />
        <Group justify="flex-end">
          <Button variant="default" onClick={cancel}>
            Cancel
          </Button>
          <Button loading={make.isPending} onClick={save}>
            Make it a gold item
          </Button>
        </Group>
      </Stack>
    </MarkingContext>
  );
}

/** The item as a task shows it, without suggestions: what is right is said from nothing. */
function shownOf({ prompt, a, b, responses, text, image }: SealedItem): ItemContent {
  return {
    prompt: prompt ?? undefined,
    left: a ?? undefined,
    right: b ?? undefined,
    responses: responses ?? undefined,
    text: typeof text === 'string' ? text : undefined,
    image: typeof image === 'object' && image !== null ? { id: '', type: '', bytes: 0 } : undefined,
  };
}
