import { UnstyledButton } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { useLab } from '../membership';
import { counted } from '../../ui/format';
import { Loading } from '../../ui/loading';
import styles from './notices.module.css';
import { useUnread } from './queries';

const NoticeList = lazy(() => import('./notice-list'));

/** The bell at the top: how many notices are unread, and what they say. */
export function Bell() {
  const lab = useLab();
  const unread = useUnread(lab).data ?? 0;
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { pathname, search } = useLocation();
  useEffect(() => setOpen(false), [pathname, search]);
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !whole.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  return (
    <div
      ref={whole}
      className={styles.whole}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <UnstyledButton
        ref={button}
        className={styles.bell}
        aria-expanded={open}
        aria-label={unread === 0 ? 'Notices' : `Notices, ${counted(unread, 'unread one', 'unread ones')}`}
        onClick={() => setOpen(!open)}
      >
        <svg width="18" height="18" viewBox="0 0 24 24" aria-hidden="true">
          <path
            d="M12 3a6 6 0 0 0-6 6v4l-2 4h16l-2-4V9a6 6 0 0 0-6-6zm-2.5 15a2.5 2.5 0 0 0 5 0"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.8"
            strokeLinejoin="round"
          />
        </svg>
        {unread > 0 && <span className={styles.count}>{unread > 99 ? '99+' : unread}</span>}
      </UnstyledButton>
      {open && (
        <section className={styles.list} aria-label="Notices">
          <Suspense fallback={<Loading what="Looking for notices" />}>
            <NoticeList />
          </Suspense>
        </section>
      )}
    </div>
  );
}
