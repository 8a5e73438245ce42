/** What a delivery can look like, and whom each shape is for. */
export interface Shape {
  value: string;
  name: string;
  use: string;
}

export const shapes: Shape[] = [
  {
    value: 'raw',
    name: 'Raw JSONL',
    use: 'Every item with every accepted answer, in the terms of this project’s form. Nothing is lost; no trainer reads it as it is.',
  },
  {
    value: 'trl-preference',
    name: 'TRL preference',
    use: 'prompt, chosen, rejected: for reward models and DPO in Hugging Face TRL. Ties are listed apart.',
  },
  {
    value: 'trl-prompt-completion',
    name: 'TRL prompt-completion',
    use: 'prompt, completion: the better response only, for supervised fine-tuning.',
  },
  {
    value: 'trl-unpaired-preference',
    name: 'TRL unpaired preference',
    use: 'prompt, completion, label: each response by itself as good or not, for KTO.',
  },
  {
    value: 'openai-dpo',
    name: 'OpenAI DPO',
    use: 'input, preferred_output, non_preferred_output: for preference fine-tuning at OpenAI.',
  },
  {
    value: 'hh-rlhf',
    name: 'HH-RLHF',
    use: 'chosen and rejected as whole transcripts with “Human:” and “Assistant:” turns.',
  },
  {
    value: 'label-studio',
    name: 'Label Studio JSON',
    use: 'Tasks with annotations, to be imported into Label Studio.',
  },
  {
    value: 'choice-jsonl',
    name: 'Choices as JSONL',
    use: 'The text and its chosen values, one item per line, for classifiers.',
  },
  {
    value: 'spans-jsonl',
    name: 'Spans as JSONL',
    use: 'The text and its labelled spans, as offsets in Unicode code points.',
  },
  {
    value: 'conll',
    name: 'CoNLL',
    use: 'One token per line with its BIO tag; spans that overlap cannot be expressed and are listed.',
  },
];

export const shapeName = (value: string) => shapes.find((shape) => shape.value === value)?.name ?? value;
