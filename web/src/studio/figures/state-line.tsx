import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Figures } from '../../api/types';
import { count, counted, interval, money, percent } from '../../ui/format';
import { ExactTime, Time } from '../../ui/time';
import styles from './figures.module.css';

/** How the work stands, in a line of figures, each with what it rests on. */
export function StateLine({ figures }: { figures: Figures }) {
  const { progress, throughput, cost, forecast, agreement } = figures;
  const wanted = forecast.remaining + progress.accepted;
  return (
    <section className="panel" aria-label="State">
      <dl className={styles.line}>
        <Fact name="Progress" value={wanted === 0 ? '–' : percent(progress.accepted / wanted)}>
          {count(progress.accepted)} of {counted(wanted, 'answer')} accepted,{' '}
          {counted(progress.items, 'item')}
        </Fact>
        <Fact name="Throughput" value={`${count(Math.round(forecast.perDay))} a day`}>
          accepted, over the last seven days; {counted(throughput.at(-1)?.submitted ?? 0, 'answer')} handed in
          on the last day
        </Fact>
        <Fact
          name="Cost per accepted item"
          value={
            cost && cost.perAcceptedItem !== null
              ? money(Math.round(cost.perAcceptedItem), cost.currency)
              : '–'
          }
        >
          {cost
            ? `${money(cost.spent, cost.currency)} spent, ${counted(cost.acceptedItems, 'item')} accepted`
            : 'no prices, or several currencies: see each batch'}
        </Fact>
        <Fact name="Forecast" value={forecast.doneBy ? <Time value={forecast.doneBy} /> : '–'}>
          {forecast.doneBy ? (
            <>
              <ExactTime value={forecast.doneBy} />, if it goes on like this;{' '}
              {counted(forecast.remaining, 'answer')} to go
            </>
          ) : forecast.remaining === 0 ? (
            'nothing is left to do'
          ) : (
            'too little was accepted lately to say'
          )}
        </Fact>
        <Fact name="Agreement" value={agreement ? percent(agreement.value) : '–'}>
          {agreement
            ? `${interval(agreement.low, agreement.high)} (95 %), pairs of answers to ${counted(agreement.items, 'item')}`
            : 'no item has two answers yet'}
        </Fact>
      </dl>
      <Text c="dimmed" mt="xs">
        As of <ExactTime value={figures.asOf} />. Counted; nothing was opened for it.
      </Text>
    </section>
  );
}

function Fact({ name, value, children }: { name: string; value: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={styles.value}>{value}</dd>
      <dd>{children}</dd>
    </div>
  );
}
