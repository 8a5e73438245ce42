import { Button, Title } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import styles from './figures.module.css';

/** A chart, and one click away the table of what it is drawn from. */
export function ChartFrame({
  title,
  children,
  table,
}: {
  title: string;
  /** The chart, with what it says in words. */
  children: ReactNode;
  table: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure className={`${styles.figure} panel`} aria-labelledby={id}>
      <figcaption className={styles.head}>
        <Title order={2} id={id}>
          {title}
        </Title>
        <Button variant="default" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          As a table<span className="visually-hidden">: {title}</span>
        </Button>
      </figcaption>
      {asTable ? table : children}
    </figure>
  );
}
