import { Text } from '@mantine/core';
import type { Evidence, Section } from '../api/types';
import { Visible } from './invisible';
import { useForm } from './queries';

/** What a decision against an answer rests on: the question and the guideline section by their titles, and the words quoted. */
export function RestsOn({
  lab,
  project,
  opened: { evidence, sections, formVersion },
}: {
  lab: string;
  project: string;
  opened: {
    evidence?: Evidence | null;
    sections?: readonly Pick<Section, 'key' | 'title'>[] | null;
    formVersion?: number;
  };
}) {
  const form = useForm(lab, project, formVersion);
  if (!evidence) return null;
  const question = form.data?.questions.find(({ key }) => key === evidence.question);
  const section = sections?.find(({ key }) => key === evidence.section);
  const named = [
    ...(evidence.question ? [{ what: 'the question', title: question?.title ?? evidence.question }] : []),
    ...(evidence.section
      ? [{ what: 'the guideline section', title: section?.title ?? evidence.section }]
      : []),
  ];
  return (
    <>
      {named.length > 0 && (
        <Text component="p" m={0}>
          It rests on{' '}
          {named.map(({ what, title }, index) => (
            <span key={what}>
              {index > 0 && ' and '}
              {what} “
              <bdi>
                <Visible text={title} />
              </bdi>
              ”
            </span>
          ))}
          .
        </Text>
      )}
      {evidence.quote && (
        <blockquote className="plain" dir="auto">
          <Visible text={evidence.quote} />
        </blockquote>
      )}
    </>
  );
}
