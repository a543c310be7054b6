const themes = ['auto', 'light', 'dark'] as const;

/** Lets the reader choose between the system's theme and either of the two. */
export function startThemeButton(button: HTMLButtonElement): void {
  let at = 0;
  const show = () => {
    const theme = themes[at]!;
    document.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
  };
  button.addEventListener('click', () => {
    at = (at + 1) % themes.length;
    show();
  });
  show();
  button.hidden = false;
}
