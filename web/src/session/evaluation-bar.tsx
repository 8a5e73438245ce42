/** In evaluation mode every page says so. */
export function EvaluationBar() {
  return (
    <div className="bar" data-tone="attention">
      <strong>Evaluation mode:</strong>{' '}
      <span className="only-wide">
        the root keys lie in files, for all that is known on the disk of the data. Good for trying out,{' '}
      </span>
      not for confidential work.
    </div>
  );
}

/** What the server wrote into the page itself, for pages of people who are not signed in. */
export const isEvaluation = () =>
  document.querySelector<HTMLMetaElement>('meta[name=cofferdam-evaluation]')?.content === 'true';
