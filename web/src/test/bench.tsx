import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import { useMemo, useState } from 'react';
import type { Answers, ItemContent, Question } from '../api/types';
import { theme } from '../theme';
import { asked, standing } from '../workroom/answers';
import { ItemPane } from '../workroom/item-pane';
import { useKeys } from '../workroom/keys';
import { usePreferences } from '../workroom/preferences';
import { questionKeys } from '../workroom/question-keys';
import { QuestionPane } from '../workroom/question-pane';
import { Marking, MarkingContext } from '../workroom/spans/marking';

/** Renders an item and its questions with their keys, as on a desk but without a server; tells the answers so far. */
export function renderQuestions(
  questions: Question[],
  { item = {}, readOnly }: { item?: ItemContent; readOnly?: Answers } = {},
) {
  let latest: Answers = {};
  function Bench() {
    const [answers, setAnswers] = useState<Answers>(readOnly ?? {});
    const preferences = usePreferences();
    const marking = useMemo(() => new Marking(), []);
    latest = answers;
    const change = (key: string, answer: Answers[string]) => setAnswers((now) => ({ ...now, [key]: answer }));
    const all = standing(answers, item.prelabels);
    const find = questionKeys(asked(questions, all), all, change, item, marking);
    useKeys(readOnly ? () => undefined : find, true);
    return (
      <MarkingContext value={marking}>
        <ItemPane
          item={item}
          label="Item"
          preferences={preferences}
          differences={false}
          setDifferences={() => undefined}
          marking={{ questions, answers, change: readOnly ? undefined : change }}
        />
        <QuestionPane
          questions={questions}
          answers={answers}
          item={item}
          change={readOnly ? undefined : change}
        />
      </MarkingContext>
    );
  }
  const view = render(
    <MantineProvider theme={theme} env="test">
      <Bench />
    </MantineProvider>,
  );
  return { ...view, answers: () => latest };
}
