import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import type { Role } from '../api/types';
import { HereContext } from '../session/membership';
import { theme } from '../theme';

export const pseudonym = '0190aaaa-0000-7000-8000-00000000a001';

/** Renders a screen as it stands in the program: at an address, under its providers. */
export function renderScreen(
  element: ReactNode,
  { path = '/', at = '/', role = 'annotator' as Role, lab = 'north' } = {},
) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const membership = { slug: lab, role, pseudonym };
  const session = {
    account: { name: 'Ada' },
    labs: [membership],
    evaluation: false,
    process: 'p',
    vendor: null,
  };
  const router = createMemoryRouter(
    [
      { path, element: <HereContext value={{ session, membership }}>{element}</HereContext> },
      { path: '*', element: <p>elsewhere</p> },
    ],
    { initialEntries: [at] },
  );
  return render(
    <QueryClientProvider client={client}>
      <MantineProvider theme={theme} env="test">
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}
