/** What was given can't be used: said, and nothing is worked out. */
export class Refused extends Error {
  /** @param {{ zh: string, en: string }} sentence @param {boolean} [isUsage] */
  constructor(sentence, isUsage = false) {
    super(sentence.en);
    this.sentence = sentence;
    this.isUsage = isUsage;
  }
}
