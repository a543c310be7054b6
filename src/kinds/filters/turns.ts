import Type from 'typebox';
import type { FilterKind } from '../../contract/filter-kind.js';

/**
 * Keeps pairs whose prompt is a sound conversation: user and assistant in turn, the user first and last, no turn empty.
 * Chat templates of many models refuse anything else.
 */
export const turns: FilterKind = {
  kind: 'turns',
  title: 'user and assistant in turn, the user first and last, no turn empty',
  options: Type.Object({}, { additionalProperties: false }),
  describe: () => ({}),
  create: () => ({
    reject({ turns: all }) {
      if (all.some(({ content }) => content.trim() === '')) return 'a turn is empty';
      if (all[0]?.role !== 'user') return 'the conversation does not start with the user';
      if (all.some(({ role }, index) => role !== (index % 2 === 0 ? 'user' : 'assistant')))
        return 'roles do not alternate';
      return all.length % 2 === 1 ? null : 'the conversation does not end with the user';
    },
  }),
};
