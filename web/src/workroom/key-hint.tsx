/** A key beside what it does; left out where a narrow screen needs the line for reading. */
export function KeyHint({ children }: { children: string }) {
  return <span className="only-wide">({children})</span>;
}
