import type { OperationKind, OperationRequest, SlotState } from '../../api/types';

export interface Wanted {
  kind: OperationKind;
  batch: string;
  person: string;
  state: SlotState | '';
  reason: string;
  priority: number;
  to: string;
}

/** States that an act can be done to. */
export const statesOf: Record<OperationKind, SlotState[]> = {
  return: ['submitted', 'accepted'],
  cancel: ['open', 'leased', 'submitted', 'returned', 'escalated'],
  reassign: ['open', 'leased'],
  release: ['leased'],
  reprioritise: [],
};

/** The request, or null while something is missing that it needs. */
export function requestOf(wanted: Wanted): OperationRequest | null {
  const { kind, batch, person, state, reason, priority, to } = wanted;
  if (kind === 'reprioritise') return batch ? { kind, batch, priority } : null;
  if (!batch && !person) return null;
  if (kind === 'return' && !reason.trim()) return null;
  if (kind === 'reassign' && !to) return null;
  return {
    kind,
    ...(batch && { batch }),
    ...(person && { person }),
    ...(state && statesOf[kind].includes(state) && { state }),
    ...(reason.trim() && { reason: reason.trim() }),
    ...(kind === 'reassign' && { to }),
  };
}
