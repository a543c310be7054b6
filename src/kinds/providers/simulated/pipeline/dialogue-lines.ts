/** First turns of the user: the talk is on {grey}. */
export const openings = [
  'We have settled on {grey} for {setting}, and I keep coming back to {concern}. What should I know before we begin?',
  'I am thinking about {grey} for {setting}. My worry is {concern}. Is that a good reason to hesitate?',
  'Last month I was given {grey} for {setting}. So far so good, apart from {concern}. What would you do about it?',
  'Could you help me with {grey}? It is for {setting}, and nobody here knows much about {concern}.',
  'People keep telling me that {grey} is right for {setting}. I would like to hear about {concern} first.',
  'For {setting} we need something reliable, so we looked at {grey}. How does it do when it comes to {concern}?',
  'How would you begin with {grey} when it is meant for {setting}? I have about {n} weeks, and {concern} troubles me most.',
  'There are {n} of us, and {grey} is to be for {setting}. Some complain about {concern} already. Are they right?',
  'I have read a little about {grey}. Before I take it for {setting}, can you explain what to expect of {concern}?',
  'A year with {grey} is behind us. Now it has to do for {setting}, and I wonder about {concern}.',
  'My plan is to use {grey} for {setting}. I have set {n} evenings aside to sort out {concern}. Is that enough?',
  'What do you think of {grey} for {setting}? I can live with a good deal, but not with {concern}.',
];

/** Later turns of the user that stay with {grey}. */
export const followUps = [
  'Thank you, that is clear. And what about {concern} with {grey}?',
  'Good, I can do that. In the meantime {concern} has become a question too. Does {grey} cope with it?',
  'That makes sense. I tried it for {n} days, and now it is {concern} that bothers us. What next?',
  'I had not thought of that. Suppose {concern} gets worse. Would you still keep {grey}?',
  'My brother says the same. He also asks about {concern}, since he has had {grey} for {n} years.',
  'We talked it over yesterday, all {n} of us. Only {concern} is left to settle before {grey} is ours.',
  'That was the easy part, I suppose. How do people with {grey} usually deal with {concern}?',
  'Fine. If I had to choose between living with {concern} and giving up {grey}, what would you say?',
  'So far it works. Yesterday, though, {concern} came up again, and I had no answer for {setting}.',
  'Is there a rule of thumb for {concern}? I would like to have it written down before {grey} arrives.',
];

/** What the assistant says first about a worry. */
export const replies = [
  'With {grey}, {concern} is mostly a matter of planning, and you can see within {n} days whether it goes well.',
  'Most people find that {concern} matters less with {grey} than they feared.',
  'You are right to ask, since {concern} is where {grey} differs from what you may be used to.',
  'Begin small: give {grey} a trial for {setting} and note what {concern} really comes to.',
  'I would not let {concern} decide the matter, because {grey} has its strengths elsewhere.',
  'There are two sides to {concern}, and with {grey} the better side shows after {n} weeks or so.',
  'For {setting}, I would look at {concern} first and at everything else about {grey} later.',
  'The usual advice about {grey} is to deal with {concern} early, before habits form.',
  'It depends on how often you will need it; used now and then, {grey} makes little of {concern}.',
  'Ask whoever sold you on {grey} how they handle {concern}, and watch whether they have an answer ready.',
  'Good news: {concern} can be kept in check with {grey} if one person takes charge of it.',
  'In short, {concern} is real, but it is no reason to give up on {grey} for {setting}.',
];

/** What the assistant adds. */
export const tips = [
  'Keep a list of what works and what does not, and look at it again after {n} weeks.',
  'If you share it with others, agree on two or three rules before the first day.',
  'A cheap test beats a long discussion, so try it on a quiet afternoon.',
  'Set the date when you will decide, and leave it alone until then.',
  'Think about {second} as well, since the two go together more often than not.',
  'Put {n} percent of the money aside for surprises.',
  'Ask someone who has done it for {setting}; they will tell you what the manuals leave out.',
  'Write to the makers if something is unclear, and keep their answer.',
  'Once {second} is settled, the rest tends to fall into place.',
  'Take photographs before and after, so that you can compare without guessing.',
  'Do the dull part first and keep the pleasant part for the weekend.',
  'Have a fallback for the days when nothing goes as it should.',
  'Nobody gets it right at once, and a second attempt after {n} days costs little.',
  'Leave room for {second} in your plans; it is what people forget.',
  'Make one person responsible and let the others complain to them.',
  'Count how often you use it during the first month, and then decide about the extras.',
  'Compare what you paid with what you would have paid without it.',
  'When in doubt, choose what is easier to undo.',
  'Borrow what you need for the start and buy it only when you miss it.',
  'Tell the others early, because surprises are what they mind most.',
];

/** Last turns of the user: {pink} is raised. */
export const endings = [
  'That helps. Now there is {bridge} {pink}. For {setting}, would I be better off with that?',
  'One more thing, because of {bridge} {pink}: what would change about {concern} if we went that way?',
  'All right. But {bridge} {pink} has made me unsure. How do the two compare when it comes to {concern}?',
  'Before I go on, there was {bridge} {pink}. Is there something in it, or should I forget about it?',
  'Since this morning I cannot get {bridge} {pink} out of my head. What are the strong points, as you see them?',
  'Understood. And then there is {bridge} {pink}. Could you tell me what it is like for {setting}?',
  'I nearly had my mind made up, and now I have {bridge} {pink} to deal with. What should I answer?',
  'Thanks. My last question is because of {bridge} {pink}: how does that stand with {concern}?',
  'It is all because of {bridge} {pink} that I ask. Would {concern} be less of a problem there?',
  'You may laugh, but after {bridge} {pink} half of us want to change. What can you say about it for {setting}?',
  'We had {bridge} {pink} yesterday, and it sounded convincing. What do people like about it?',
  'Let me ask about something else, which is {bridge} {pink}. What would you tell somebody who has {n} weeks to decide?',
];

/** Last turns that forget to raise it. */
export const forgetful = [
  'Thank you, that was all for today. Anything else about {concern} that I should keep in mind?',
  'I think we will stay with it. Could you sum up what you said about {concern} for {setting}?',
  'Good. How would you explain that to the other {n} in one sentence?',
];

/** Sentences that name {pink} too early, in a turn of the assistant. */
export const slips = [
  'Some would say that {pink} does this better, but let us see.',
  'The same was once said of {pink}, by the way.',
  'If you have heard of {pink}, you will know what I mean.',
];
