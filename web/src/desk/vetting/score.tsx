import { Checkbox, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { post, useAct, useOpened } from '../../vendor/asking';
import { Form } from '../../vendor/form';
import type { SittingView } from '../../me/tests/types';
import { Loading } from '../../ui/loading';
import { ProblemNotice } from '../../ui/notice';

/** Scores what was answered in words, criterion by criterion; whoever took the test sees each. */
export function Score({ sitting, close }: { sitting: string; close: () => void }) {
  const view = useOpened<SittingView>(`/api/desk/sittings/${sitting}`);
  const [met, setMet] = useState<Record<string, boolean[]>>({});
  const [comments, setComments] = useState<Record<string, string>>({});
  const inWords = (view.data?.questions ?? []).filter(({ options }) => options === null);
  const criteria = (key: string) =>
    view.data?.feedback
      ?.find(({ question }) => question === key)
      ?.criteria?.map(({ criterion }) => criterion) ?? [];
  const act = useAct(() =>
    post(`/api/desk/sittings/${sitting}/score`, {
      marks: inWords.map(({ key }) => ({
        question: key,
        met: criteria(key).map((_, at) => met[key]?.[at] ?? false),
        comment: comments[key]?.trim() || null,
      })),
    }),
  );
  return (
    <Form
      title="Score a sitting"
      send="Score it"
      act={act}
      submit={() => act.mutate(undefined, { onSuccess: close })}
      close={close}
    >
      {view.isPending && <Loading what="Opening, with a receipt that the person sees" />}
      <ProblemNotice error={view.error} />
      {inWords.map((question) => (
        <Stack key={question.key} gap={4}>
          <Text fw={600}>{question.text}</Text>
          <Text className="whole">
            {view.data?.answers?.find((one) => one.question === question.key)?.text ?? 'No answer.'}
          </Text>
          {criteria(question.key).map((criterion, at) => (
            <Checkbox
              key={criterion}
              label={criterion}
              checked={met[question.key]?.[at] ?? false}
              onChange={(event) => {
                const marks = criteria(question.key).map((_, of) => met[question.key]?.[of] ?? false);
                marks[at] = event.currentTarget.checked;
                setMet({ ...met, [question.key]: marks });
              }}
            />
          ))}
          <Textarea
            label="Comment"
            maxLength={2000}
            value={comments[question.key] ?? ''}
            onChange={(event) => setComments({ ...comments, [question.key]: event.currentTarget.value })}
          />
        </Stack>
      ))}
    </Form>
  );
}
