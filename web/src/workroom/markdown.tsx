import { useContext } from 'react';
import Markdown, { type Components } from 'react-markdown';
import sanitize from 'rehype-sanitize';
import gfm from 'remark-gfm';
import { MarkUnseen, spellUnseen } from './invisible';

const components: Components = {
  // An image would be fetched from wherever the text says; the content policy forbids it, and so does this.
  img: ({ alt }) => <span>[image{alt ? `: ${alt}` : ''}]</span>,
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  ),
  // Headings of the text stand below the headings of the page.
  h1: 'h4',
  h2: 'h4',
  h3: 'h5',
  h4: 'h6',
  h5: 'h6',
  input: ({ checked }) => <span>{checked ? '☑' : '☐'} </span>,
};

/** Somebody's Markdown: raw HTML is dropped, the rest sanitised, nothing is fetched. */
export function SafeMarkdown({ text }: { text: string }) {
  const mark = useContext(MarkUnseen);
  return (
    <div className="prose" dir="auto">
      <Markdown remarkPlugins={[gfm]} rehypePlugins={[sanitize]} components={components}>
        {mark ? spellUnseen(text) : text}
      </Markdown>
    </div>
  );
}

export default SafeMarkdown;
