import { NativeSelect } from '@mantine/core';
import { engagementName, useEngagements } from './queries';

/** The vendor's work that somebody comes under, or the lab's own people. */
export function EngagementSelect({
  lab,
  value,
  change,
}: {
  lab: string;
  value: string | null;
  change: (engagement: string | null) => void;
}) {
  const engagements = useEngagements(lab).data ?? [];
  return (
    <NativeSelect
      label="Works under"
      description="People of an engagement share its budget and are suspended together."
      value={value ?? ''}
      onChange={(event) => change(event.currentTarget.value || null)}
      data={[
        { value: '', label: "The lab's own" },
        ...engagements
          .filter((one) => !one.endedAt || one.id === value)
          .map((one) => ({ value: one.id, label: engagementName(one) })),
      ]}
    />
  );
}
