/** Copies the text of another element; where the browser forbids that, selects it for the reader to copy. */
export function startCopyButton(button: HTMLButtonElement): void {
  const source = document.getElementById(button.dataset.copies ?? '');
  if (!source) return;
  const said = button.textContent;
  button.addEventListener('click', async () => {
    button.textContent = (await copied(source)) ? 'Copied' : 'Selected';
    setTimeout(() => {
      button.textContent = said;
    }, 2000);
  });
}

async function copied(source: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(source.textContent ?? '');
    return true;
  } catch {
    getSelection()?.selectAllChildren(source);
    return false;
  }
}
