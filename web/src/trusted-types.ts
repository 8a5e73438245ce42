interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(text: string): string }): unknown;
}

/** The only text that may reach an HTML sink: Mantine's CSS, which it writes into style elements. */
export function onlyStyleText(text: string): string {
  if (text.includes('<')) throw new TypeError('Markup was refused at an HTML sink.');
  return text;
}

export function installTrustedTypes() {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', { createHTML: onlyStyleText });
}
