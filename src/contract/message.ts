/** Who speaks in a chat message. */
export type Speaker = 'system' | 'user' | 'assistant';

/** One chat message, rendered: nothing in `content` is parsed again. */
export interface Message {
  role: Speaker;
  content: string;
}
