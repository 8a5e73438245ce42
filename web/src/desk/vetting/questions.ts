/** A question with what is right, as `/api/desk/qualifications` takes it. */
export interface WrittenQuestion {
  key: string;
  text: string;
  points: number;
  options?: string[];
  right?: number;
  why?: string;
  criteria?: string[];
}

/** Reads questions as people write them: blocks apart by an empty line, marks at the beginning of lines. */
export function readQuestions(text: string): WrittenQuestion[] {
  return text
    .split(/\n\s*\n/)
    .map((block) => block.split('\n').map((line) => line.trim()))
    .map((lines) => lines.filter(Boolean))
    .filter((lines) => lines.length > 0)
    .map((lines, at) => {
      const marked = (mark: string) =>
        lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(1).trim());
      const options = lines.filter((line) => /^[-*]/.test(line));
      const question: WrittenQuestion = {
        key: `q${at + 1}`,
        text: lines.filter((line) => !/^[-*+=]/.test(line)).join('\n'),
        points: 1,
      };
      const [why] = marked('=');
      if (why) question.why = why;
      if (options.length > 0) {
        question.options = options.map((line) => line.slice(1).trim());
        question.right = options.findIndex((line) => line.startsWith('*'));
      } else {
        question.criteria = marked('+');
      }
      return question;
    });
}
