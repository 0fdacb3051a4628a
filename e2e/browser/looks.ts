import type { Page } from 'playwright-core';

/** How much of the page is cut off at the side. */
export function pixelsToScrollSideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * The lowest contrast of any text of a page whose background is one colour, after WCAG 2, and whether that colour is
 * light or dark.
 */
export function lowestContrast(page: Page): Promise<{ contrast: number; background: 'light' | 'dark' }> {
  return page.evaluate(() => {
    /** From 0 for black to 1 for white. */
    function luminanceOf(color: string): number {
      const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((channel) => {
        const share = Number(channel) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }
    const { body } = document;
    const painted = [...document.querySelectorAll('*')].map((element) => getComputedStyle(element).backgroundColor);
    if (painted.some((color) => color !== 'rgba(0, 0, 0, 0)')) throw new Error('Something has a colour behind it.');
    // The browser's own colour of a page, which is in no computed style until an element has it.
    body.style.backgroundColor = 'Canvas';
    const behind = luminanceOf(getComputedStyle(body).backgroundColor);
    body.style.backgroundColor = '';
    const contrasts = [...body.querySelectorAll('*')]
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim() !== ''))
      .map((element) => luminanceOf(getComputedStyle(element).color))
      .map((letters) => (Math.max(letters, behind) + 0.05) / (Math.min(letters, behind) + 0.05));
    return { contrast: Math.min(...contrasts), background: behind > 0.5 ? 'light' : 'dark' };
  });
}
