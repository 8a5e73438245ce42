import type { Acceptance, AcceptanceState } from '../../api/types';
import { count, counted, interval, percent } from '../../ui/format';
import type { Tone } from '../../ui/notice';

export const acceptanceStates: Record<AcceptanceState, { word: string; tone: Tone }> = {
  drawn: { word: 'Being judged', tone: 'attention' },
  accepted: { word: 'Accepted', tone: 'good' },
  partly: { word: 'Accepted in part', tone: 'attention' },
  rejected: { word: 'Rejected', tone: 'stopped' },
};

/** What the sample says so far of the whole batch. */
export function estimateWords({ rate, judged, defects, population }: Acceptance): string {
  if (!rate) return 'No answer is judged yet.';
  const [low, high] = [Math.floor(rate.low * population), Math.ceil(rate.high * population)];
  return `${counted(defects, 'defect')} in ${counted(judged, 'answer')}: ${percent(rate.value)}, and in the whole batch ${interval(rate.low, rate.high)} (95 %), that is ${count(low)} to ${count(high)} of ${count(population)} answers.`;
}
