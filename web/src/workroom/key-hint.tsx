/** A key beside what it does; left out where a narrow screen needs the line for reading. */
export function KeyHint({ children }: { children: string }) {
  // The space belongs to the hint, and a button would drop a common one.
  return <span className="only-wide">{`\u00a0(${children})`}</span>;
}
