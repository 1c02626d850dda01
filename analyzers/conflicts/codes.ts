/** Equal features in one and the same moment, unlike labels. */
export const sameMoment = 'conflicts.same-moment';
/** Equal features at different moments (or without a time), unlike labels. */
export const otherMoment = 'conflicts.other-moment';
