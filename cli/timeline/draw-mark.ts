import { escapeXml } from './escape-xml.js';
import type { Mark } from './lane.js';

/** A mark as SVG: a triangle over the bar where a wait begins, a cross for a death, a dot for a good end. */
export function drawMark(
  { type, text }: Pick<Mark, 'type' | 'text'>,
  { x, y, barHeight }: { x: number; y: number; barHeight: number },
): string {
  const title = `<title>${escapeXml(text)}</title>`;
  const top = y - barHeight / 2;
  switch (type) {
    case 'wait':
      return `<path d="M${x - 4} ${top - 4}H${x + 4}L${x} ${top + 3}Z" fill="#1b1b1b">${title}</path>`;
    case 'death':
      return `<path d="M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x - 5} ${y + 5}L${x + 5} ${y - 5}" stroke="#ffffff" stroke-width="5"/><path d="M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x - 5} ${y + 5}L${x + 5} ${y - 5}" stroke="#a4001d" stroke-width="2.6">${title}</path>`;
    case 'end':
      return `<circle cx="${x}" cy="${y}" r="4.5" fill="#ffffff" stroke="#1b1b1b" stroke-width="1.8">${title}</circle>`;
  }
}
