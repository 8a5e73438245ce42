import { Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'react-router';

let firstPath: string | undefined;

/** A page's title (in the tab as well) and content. Moving to a page puts the focus on its heading. */
export function Page({
  title,
  aside,
  narrow = false,
  children,
}: {
  title: string;
  aside?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    firstPath ??= pathname;
    if (firstPath !== pathname) heading.current?.focus();
  }, [pathname]);
  return (
    <div className={narrow ? 'page narrow' : 'page'}>
      <title>{`${title} · Cofferdam`}</title>
      <div
        style={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: '0.5rem 1rem',
          alignItems: 'center',
          marginBlockEnd: '0.75rem',
        }}
      >
        <Title order={1} ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {aside}
      </div>
      {children}
    </div>
  );
}
