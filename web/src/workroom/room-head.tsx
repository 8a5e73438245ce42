import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './workroom.module.css';

export function RoomHead({ title, facts }: { title: string; facts: ReactNode[] }) {
  return (
    <>
      <title>{`${title} · Cofferdam`}</title>
      <Title order={1} size="h3">
        {title}
      </Title>
      <div className={styles.facts}>
        {facts.map((fact, index) => (
          <span key={index}>{fact}</span>
        ))}
      </div>
    </>
  );
}
