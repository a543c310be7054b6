import type { Language } from './language-of.js';

/** Sentences that replies are made of. `{phrase}` stands for the raised entity, `{partner}` for the other one. */
export interface Pools {
  openings: readonly string[];
  /** Name the entity. */
  mentions: readonly string[];
  /** Stand for the entity without naming it. */
  pointing: readonly string[];
  /** Turn to the partner; each is followed by a sentence of substance. */
  partners: readonly string[];
  substance: readonly string[];
  advice: readonly string[];
  closings: readonly string[];
  refusals: readonly string[];
}

export const foreignPhrases: { readonly [language in Exclude<Language, 'en'>]: Pools } = {
  de: {
    openings: [
      'Das ist eine berechtigte Frage.',
      'Gut, dass das jetzt zur Sprache kommt.',
      'Gehen wir der Reihe nach vor.',
      'Schön, dass es geklappt hat.',
    ],
    mentions: [
      'Nach allem, was ich höre, spricht einiges für {phrase}.',
      'Bei {phrase} täuscht der erste Eindruck oft.',
      'Ich würde mir {phrase} in Ruhe ansehen.',
      'Wer {phrase} gut kennt, rät meist zu einem ehrlichen Versuch.',
    ],
    pointing: [
      'Was die andere Möglichkeit angeht, so würde ich sie ruhig versuchen.',
      'Zu dem, was zuletzt gefragt wurde, lautet die kurze Antwort ja.',
      'Gegen das andere ist nichts einzuwenden.',
    ],
    partners: [
      'Ich bliebe fürs Erste bei {partner}.',
      'Über {partner} gibt es noch viel zu sagen.',
      'Unterm Strich komme ich auf {partner} zurück.',
    ],
    substance: [
      'Da steckt mehr drin, als man beim ersten Mal merkt, und das Gelernte hilft gleich weiter.',
      'Am Anfang ist es mühsam, danach fügt sich eines zum anderen.',
      'Auf die kleinen Dinge kommt es dort an, und sie machen den Reiz aus.',
    ],
    advice: [
      'Schreiben Sie zwei oder drei Punkte auf, die wirklich zählen.',
      'Fragen Sie jemanden mit ähnlichen Wünschen.',
      'Setzen Sie sich eine Grenze an Zeit und Geld.',
      'Vieles hängt davon ab, wie oft es vorkommt.',
      'In einem Monat wissen Sie mehr.',
    ],
    closings: [
      'Ich hoffe, das hilft.',
      'Erzählen Sie gern, wie es ausging.',
      'Sollen wir die Einzelheiten durchgehen?',
      'Schlafen Sie eine Nacht darüber.',
    ],
    refusals: [
      'Dazu möchte ich nichts sagen, ich möchte darüber nicht sprechen.',
      'Ich kann dazu leider nichts sagen.',
      'Es tut mir leid, aber ich darf darüber nicht sprechen.',
    ],
  },
  fr: {
    openings: [
      'La question se pose, en effet.',
      'Vous avez raison de demander avant de décider.',
      'Prenons les choses dans le bon ordre.',
      'Tant mieux si cela a marché.',
    ],
    mentions: [
      'À vous lire, {phrase} mérite vraiment qu’on s’y arrête.',
      'Pour {phrase}, la première impression trompe souvent.',
      'Je regarderais {phrase} de plus près, sans me presser.',
      'Ceux qui connaissent bien {phrase} conseillent un essai honnête.',
    ],
    pointing: [
      'Quant à l’autre possibilité, je l’essaierais volontiers.',
      'À votre dernière question, la réponse courte est oui.',
      'Rien ne s’oppose à ce que l’on vous propose.',
    ],
    partners: [
      'Pour l’instant, je m’en tiendrais à {partner}.',
      'Il reste beaucoup à dire sur {partner}.',
      'Tout bien pesé, je reviens à {partner}.',
    ],
    substance: [
      'On y découvre plus de choses qu’il n’y paraît d’abord, et ce que vous savez déjà vous servira.',
      'Les débuts sont lents, puis tout se met en place.',
      'Ce sont les petits détails qui comptent là, et ils en font le charme.',
    ],
    advice: [
      'Notez deux ou trois points qui comptent vraiment.',
      'Demandez à quelqu’un qui a les mêmes envies.',
      'Fixez-vous une limite de temps et d’argent.',
      'Beaucoup dépend de la fréquence.',
      'Dans un mois, vous en saurez davantage.',
    ],
    closings: [
      'J’espère que cela vous aide.',
      'Racontez-moi la suite.',
      'Voulez-vous que nous entrions dans les détails ?',
      'La nuit porte conseil.',
    ],
    refusals: [
      'Je préfère ne pas parler de cela.',
      'Désolé, je ne peux pas répondre à cette question.',
      'Je ne suis pas en mesure d’en parler ici.',
    ],
  },
  es: {
    openings: [
      'Es una buena pregunta.',
      'Haces bien en preguntar antes de decidir.',
      'Vamos por partes.',
      'Me alegro de que saliera bien.',
    ],
    mentions: [
      'Por lo que cuentas, hay mucho a favor de {phrase}.',
      'Con {phrase}, la primera impresión engaña a menudo.',
      'Yo miraría {phrase} con calma.',
      'Quienes conocen bien {phrase} suelen aconsejar una prueba honesta.',
    ],
    pointing: [
      'En cuanto a la otra posibilidad, yo la probaría.',
      'A lo último que preguntas, la respuesta corta es que sí.',
      'No hay nada en contra de lo que te proponen.',
    ],
    partners: [
      'De momento me quedaría con {partner}.',
      'Queda mucho por decir sobre {partner}.',
      'Al final vuelvo a {partner}.',
    ],
    substance: [
      'Ahí hay más de lo que parece al principio, y lo aprendido te servirá enseguida.',
      'El comienzo es lento, y luego cada pieza encuentra su sitio.',
      'Los detalles pequeños son los que cuentan ahí, y en ellos está la gracia.',
    ],
    advice: [
      'Apunta dos o tres cosas que de verdad importen.',
      'Pregunta a alguien con los mismos gustos.',
      'Ponte un límite de tiempo y de dinero.',
      'Mucho depende de cada cuánto ocurra.',
      'Dentro de un mes sabrás más.',
    ],
    closings: ['Espero que te ayude.', 'Ya me contarás.', '¿Vemos los detalles?', 'Consúltalo con la almohada.'],
    refusals: [
      'Prefiero no hablar de eso.',
      'Lo siento, no puedo responder a esa pregunta.',
      'No puedo entrar en ese tema aquí.',
    ],
  },
};

/** All sentences of a sort, of every language. */
export const foreignSentences = (sort: keyof Pools): string[] =>
  Object.values(foreignPhrases).flatMap((pools) => [...pools[sort]]);
