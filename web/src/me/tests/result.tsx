import { Text } from '@mantine/core';
import { Time } from '../../ui/time';
import type { SittingView } from './types';

/** What became of each answer, criterion by criterion. */
export function Result({ view }: { view: SittingView }) {
  if (!view.feedback)
    return (
      <Text>
        {view.sitting.state === 'toBeScored'
          ? 'A person scores what you wrote; you see it here.'
          : 'What was said of it was removed when its time was up.'}
      </Text>
    );
  return (
    <>
      <ol>
        {view.questions.map((question) => {
          const said = view.feedback!.find((one) => one.question === question.key);
          const answer = view.answers?.find((one) => one.question === question.key);
          const chosen = answer?.option;
          return (
            <li key={question.key}>
              <Text fw={600}>
                {question.text} ({said?.points ?? 0} of {question.points})
              </Text>
              <Text className="whole">
                You:{' '}
                {(chosen !== null && chosen !== undefined && question.options?.[chosen]) ||
                  answer?.text ||
                  'no answer'}
              </Text>
              {said?.rightOption !== null && said?.rightOption !== undefined && (
                <Text>Right: {question.options?.[said.rightOption]}</Text>
              )}
              {said?.why && <Text>Why: {said.why}</Text>}
              {said?.criteria && (
                <ul>
                  {said.criteria.map(({ criterion, met }) => (
                    <li key={criterion}>
                      {criterion}: {met === null ? 'not said' : met ? 'met' : 'not met'}
                    </li>
                  ))}
                </ul>
              )}
              {said?.comment && <Text className="whole">{said.comment}</Text>}
            </li>
          );
        })}
      </ol>
      {view.retakeFrom && (
        <Text>
          You may take it again from <Time value={view.retakeFrom} />.
        </Text>
      )}
    </>
  );
}
