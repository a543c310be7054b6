const list = (words: string): Set<string> => new Set(words.trim().split(/\s+/));

/** English words that cannot be what a conversation is about: function words, and verbs and adverbs of everyday use. */
export const commonWords: ReadonlySet<string> = list(`
a about above actually after again against ago all almost along already also although always am among an and another any anybody anyone anything
are aren't around as ask asked asking asks at away back be because been before began begin behind being below beside besides best better between
beyond both bring brings brought but buy by came can can't cannot change choose claims come comes compare compared could couldn't decide did didn't differ different
differently do does doesn't doing don't done down during each either else enjoy enough even ever every everybody everyone everything explain
fair far feel felt few fine first fit fits for forty found from gain gave get gets getting give gives giving go goes going gone good got great had half hardly has have having he
hear heard help helped her here hers herself him himself his how however i i'd i'll i'm i've if in indeed install instead into invited is isn't it its itself just
keep keeps kept kind know known last lately later learn least leave leaving left less let like likes liked little live long look looked looking looks lose
lot made make makes many marking may maybe me mean means might mine more most much must my myself near nearly need needs never new next no nobody none nor
not nothing now of off offer offered offering offers often old on once one ones only open or other others otherwise our ours out over own people perhaps play please
prefer press put quite raised rather read really recommended recommends right said same saw say saying says see seem seems seen send several shall she
should shouldn't show since so some somebody someone something somewhere soon speaks spend started stick still stop such suggested suggesting suggests suit supports swears switch take taken takes taking talk
teaches tell tells than thank thanks that that's the their theirs them themselves then there there's therefore these they they're thing things think thinks this those though
thought three through till time to today together told tomorrow too took towards tried tries try trying twice two under understand until up upon us use used uses using usually
very wait want wanted wants was wasn't way we we'd we'll we're we've well went were weren't what what's whatever when where whether which while who whole whom
whose why will willing wise with within without won't wonder wonderful worked works worth would wouldn't write wrote yes yesterday yet you you'd you'll you're you've your yours yourself
hello hi hey dear sorry ok okay well please cheers`);

/** Capitalised, yet never what is raised. */
export const calendarWords: ReadonlySet<string> = list(`
january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
christmas easter i i'm i'd i've i'll english god`);

/** Words after which a bare noun is being raised: "they play …", "what is …", "a club for …". */
export const raisingWords: ReadonlySet<string> = list(`
about against and be brings brought called do does drink eat enjoy for into is learn like likes love named offered on or play played plays playing practise prefer prefers recommended recommends
suggest suggested suggests take takes taught teach teaches than to try trying use using versus want wants with`);
