import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useOpened } from '../../vendor/asking';
import type { DisputeContent, WithholdingContent } from '../../vendor/pay/types';
import { ProblemNotice } from '../../ui/notice';

/** What a withholding rests on, and what was decided. */
export function Evidence({ id }: { id: string }) {
  const [asked, setAsked] = useState(false);
  const content = useOpened<WithholdingContent>(asked ? `/api/me/pay/withholdings/${id}` : null);
  if (!content.data)
    return (
      <>
        <Button variant="default" loading={content.isFetching} onClick={() => setAsked(true)}>
          Read the evidence
        </Button>
        <ProblemNotice error={content.error} />
      </>
    );
  return (
    <>
      <Text className="whole">Evidence: {content.data.evidence}</Text>
      {content.data.words && <Text className="whole">Decision: {content.data.words}</Text>}
    </>
  );
}

/** One's own words, and the answer. */
export function DisputeWords({ id }: { id: string }) {
  const [asked, setAsked] = useState(false);
  const content = useOpened<DisputeContent>(asked ? `/api/me/pay/disputes/${id}` : null);
  if (!content.data)
    return (
      <>
        <Button variant="default" loading={content.isFetching} onClick={() => setAsked(true)}>
          Read words and answer
        </Button>
        <ProblemNotice error={content.error} />
      </>
    );
  return (
    <>
      <Text className="whole">You: {content.data.words}</Text>
      <Text className="whole">{content.data.answer ? `Answer: ${content.data.answer}` : 'No answer yet.'}</Text>
    </>
  );
}
