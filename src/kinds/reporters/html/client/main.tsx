import { hydrate, render } from 'preact';
import { GroupBrowser } from '../groups/group-browser.js';
import type { GroupTableData } from '../groups/group-data.js';
import { startCopyButton } from './copy-button.js';
import { startThemeButton } from './theme-button.js';
import { TranscriptBrowser } from './transcript-browser.js';
import { TranscriptStore } from './transcript-store.js';
import { unpackChunks } from './unpack-chunks.js';

function element<E extends HTMLElement>(id: string): E | null {
  return document.getElementById(id) as E | null;
}

function startGroups(): GroupTableData[] {
  const root = element('group-browser');
  const tables = JSON.parse(element('group-data')?.textContent || '[]') as GroupTableData[];
  if (root && tables.length > 0) hydrate(<GroupBrowser tables={tables} />, root);
  return tables;
}

async function startTranscripts(tables: GroupTableData[]): Promise<void> {
  const root = element('transcript-browser');
  if (!root) return;
  const store = new TranscriptStore();
  const chunks = document.querySelectorAll('script.chunk').length;
  const bandsOf = (field: string) => tables.find((table) => table.field === field)?.bands ?? null;
  let read = 0;
  const show = () => render(<TranscriptBrowser {...{ store, read, chunks, bandsOf }} />, root);
  root.replaceChildren();
  for await (const chunk of unpackChunks(document)) {
    store.add(chunk);
    read += 1;
    show();
  }
}

const theme = element<HTMLButtonElement>('theme');
if (theme) startThemeButton(theme);
const copy = element<HTMLButtonElement>('copy');
if (copy) startCopyButton(copy);
const tables = startGroups();
void startTranscripts(tables);
