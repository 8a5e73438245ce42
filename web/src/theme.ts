import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Deep water. */
const water: MantineColorsTuple = [
  '#e8f4fa',
  '#d3e6f0',
  '#a8cfe2',
  '#7bb7d3',
  '#54a1c6',
  '#358dba',
  '#1c7cab',
  '#0f6690',
  '#0b4f71',
  '#073a54',
];

const small = { defaultProps: { size: 'xs' } };
// What is typed runs its own way. (Mantine puts the property `dir` on a field's frame, where it says nothing of the text.)
const typed = { defaultProps: { size: 'xs', attributes: { input: { dir: 'auto' } } } };

export const theme = createTheme({
  primaryColor: 'water',
  primaryShade: { light: 8, dark: 7 },
  colors: { water },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Menlo, "Noto Sans Mono", monospace',
  // Every control is of size xs; its text is 14 px all the same.
  fontSizes: { xs: '0.875rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.3' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.35' },
      h4: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Anchor: { defaultProps: { underline: 'always' } },
    Button: small,
    ActionIcon: { defaultProps: { size: 'md' } },
    TextInput: typed,
    PasswordInput: small,
    NumberInput: small,
    Textarea: typed,
    Select: small,
    NativeSelect: small,
    MultiSelect: small,
    FileInput: small,
    Checkbox: small,
    Switch: small,
    Radio: small,
    RadioGroup: small,
    SegmentedControl: small,
    Text: { defaultProps: { size: 'sm' } },
    Table: { defaultProps: { verticalSpacing: 4, horizontalSpacing: 'md', fz: 'sm' } },
    CloseButton: { defaultProps: { size: 'md' } },
  },
});

/** Mantine's greys for secondary text and its reds for errors fall short of 4.5:1; these do not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#4b5563',
    '--mantine-color-placeholder': '#5f6b7a',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#0b4f71',
  },
  dark: {
    '--mantine-color-dimmed': '#b3bcc6',
    '--mantine-color-placeholder': '#a3acb6',
    '--mantine-color-error': '#ff9d94',
    '--mantine-color-anchor': '#8cc6e3',
  },
});
