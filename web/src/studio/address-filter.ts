import { useSearchParams } from 'react-router';

/** What a list is narrowed to, kept in the page's address: names and values in clear, never content. */
export function useAddressFilter() {
  const [search, setSearch] = useSearchParams();
  /** An empty value takes the name away. */
  const set = (name: string, value: string) =>
    setSearch(
      (now) => {
        if (value) now.set(name, value);
        else now.delete(name);
        return now;
      },
      { replace: true },
    );
  return [search, set] as const;
}
