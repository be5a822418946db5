import { printable } from '../text/printable.js';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it may stand in XML, in an attribute too, whatever it was. */
export const escapeXml = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
