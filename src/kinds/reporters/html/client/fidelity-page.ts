import { startThemeButton } from './theme-button.js';

const theme = document.getElementById('theme') as HTMLButtonElement | null;
if (theme) startThemeButton(theme);
